"""What the screens and exports show: pure folds over cases."""
