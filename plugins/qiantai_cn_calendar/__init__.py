"""Calendar years newer than the shipped ones, from an installed library that knows the notice."""
