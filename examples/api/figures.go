// Command api writes the figures that were complete on a day as CSV, for a
// spreadsheet or a data warehouse that is filled every night. Days are counted
// together until no number is small, so many nights have nothing new, and a table
// can be complete some days after its last one: ask for the days of a month again,
// and keep one table for each From and To.
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// table is what the API answers. Everything else of it is in /api/v1/openapi.json.
type table struct {
	Hidden  bool
	Covers  *struct{ From, To string } // the days that the numbers are about
	Columns []string
	Rows    []struct {
		Name   string
		Counts []int // nil when the row is about too few people
	}
}

func main() {
	yesterday := time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly) //nolint:forbidigo // a program has the clock of its machine
	api := flag.String("api", "http://localhost:8081/api/v1", "address of the API")
	keyFile := flag.String("key-file", "", "file with the key, which only this program can read")
	site := flag.String("site", "gjerdrum", "key of the site")
	chart := flag.String("chart", "categories", "categories, languages, notices, methods, delays, placeholders or visits")
	day := flag.String("day", yesterday, "day, UTC")
	flag.Parse()
	if err := run(*api, *keyFile, *site, *chart, *day, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(api, keyFile, site, chart, day string, out io.Writer) error {
	key, err := os.ReadFile(keyFile) //nolint:gosec // whoever runs the program names the file
	if err != nil {
		return err
	}
	address := api + "/sites/" + url.PathEscape(site) + "/figures/" + url.PathEscape(chart) + "?" + url.Values{"from": {day}, "to": {day}}.Encode()
	figures, err := get(address, strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	if figures.Hidden {
		return errors.New("no numbers were complete on that day: there are too few answers, or they are counted later")
	}
	return write(out, day, figures)
}

// get asks the API. What goes wrong is told with a code that stays the same, and
// what to do about it.
func get(address, key string) (*table, error) {
	request, err := http.NewRequest(http.MethodGet, address, http.NoBody) //nolint:noctx // the client has a time-out
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		var problem struct{ Code, Detail, Help string }
		_ = json.NewDecoder(response.Body).Decode(&problem) // the status is told in any case
		return nil, fmt.Errorf("%s: %s %s (%s)", response.Status, problem.Code, problem.Detail, problem.Help)
	}
	figures := &table{}
	return figures, json.NewDecoder(response.Body).Decode(figures)
}

func write(out io.Writer, day string, figures *table) error {
	first, last := day, day
	if figures.Covers != nil {
		first, last = figures.Covers.From, figures.Covers.To
	}
	lines := csv.NewWriter(out)
	head := append(make([]string, 0, 3+len(figures.Columns)), "From", "To", "Name")
	for _, column := range figures.Columns {
		head = append(head, consent.InertCell(column))
	}
	err := lines.Write(head)
	for _, row := range figures.Rows {
		cells := make([]string, 3+len(figures.Columns))
		cells[0], cells[1], cells[2] = first, last, consent.InertCell(row.Name) // no spreadsheet takes it for a formula
		for i, count := range row.Counts {
			cells[3+i] = strconv.Itoa(count)
		}
		err = errors.Join(err, lines.Write(cells))
	}
	lines.Flush()
	return errors.Join(err, lines.Error())
}
