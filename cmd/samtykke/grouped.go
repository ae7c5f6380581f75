package main

import "github.com/samtykke/samtykke/consent"

// grouped gives a number as the English pages do: 6,431.
func grouped[N int | int64](number N) string { return consent.English.Grouped(int64(number)) }
