package main

import (
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// dayOr reads a day, today in Norway when there is none.
func dayOr(text string, now time.Time, flag string) (consent.Day, error) {
	if text == "" {
		return consent.DayOf(now), nil
	}
	day, err := consent.ParseDay(text)
	if err != nil {
		return 0, misusef("%s: %w", flag, err)
	}
	if day > consent.DayOf(now) {
		return 0, misusef("%s: %s has not come yet", flag, day)
	}
	return day, nil
}

// weekday gives a day with its name.
func weekday(day consent.Day) string { return day.Weekday().String() + " " + day.String() }

// left says how much time there is until a day.
func left(due, today consent.Day) string {
	switch days := int(due - today); {
	case days < -1:
		return strconv.Itoa(-days) + " days OVERDUE"
	case days == -1:
		return "1 day OVERDUE"
	case days == 0:
		return "today"
	case days == 1:
		return "1 day"
	default:
		return strconv.Itoa(days) + " days"
	}
}
