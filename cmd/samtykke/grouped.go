package main

import (
	"strconv"
	"strings"
)

// grouped gives a number with a comma at every third digit: 6,431.
func grouped[N int | int64](number N) string {
	digits := strconv.FormatInt(int64(number), 10)
	var text strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			text.WriteByte(',')
		}
		text.WriteRune(digit)
	}
	return text.String()
}
