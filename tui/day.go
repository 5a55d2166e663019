package tui

import (
	"fmt"
	"time"
)

// day writes a date as people read it: 2028-11-20 is 20 Nov 2028. What is no date stays as it is.
func day(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		if at, err = time.Parse(time.RFC3339, date); err != nil {
			return date
		}
	}
	return at.UTC().Format("2 Jan 2006")
}

// inDays says how far away a day is.
func inDays(days int) string {
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case days < 0:
		return fmt.Sprintf("%d days ago", -days)
	}
	return fmt.Sprintf("in %d days", days)
}

// endWords say when a secret ends or ended.
func endWords(days int) string {
	if days < 0 {
		return "ended " + inDays(days)
	}
	return "ends " + inDays(days)
}
