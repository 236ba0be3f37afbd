"""The roll of households as firms keep it: xlsx and csv, read and previewed before anything is written."""
