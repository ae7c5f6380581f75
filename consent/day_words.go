package consent

import (
	"strconv"
	"strings"
)

var norwegianMonths = strings.Fields("januar februar mars april mai juni juli august september oktober november desember")

// Words writes the day as people do: 9. februar 2027, or 9 February 2027.
func (d Day) Words(lang Language) string {
	year, month, day := d.utc().Date()
	if lang == English {
		return strconv.Itoa(day) + " " + month.String() + " " + strconv.Itoa(year)
	}
	return strconv.Itoa(day) + ". " + norwegianMonths[month-1] + " " + strconv.Itoa(year)
}
