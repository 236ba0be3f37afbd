"""stub"""

BLOCKS = {}
