package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// linesShown is how many decisions stand on a page of the log.
const linesShown = 50

// logPage is a page of the log.
type logPage struct {
	Filter       filterForm
	Lines        []decisionLine
	Newer, Older string            // addresses of the pages beside, "" for none
	Removals     []consent.Removal // because their time was up, newest first
	Export       string            // address, with the same filter
	Status       logStatus
	Token        *misfit // what is wrong with a token
	Visitor      bool    // the lines are those of one visitor
}

// logGet shows the log, newest first, or leads to the decision whose receipt is
// given.
func (r *request) logGet() error {
	filter := r.inAddress()
	query := filter.query(r)
	if len(filter.Faults) > 0 {
		return r.showLog(http.StatusUnprocessableEntity, &logPage{Filter: filterForm{logFilter: filter}})
	}
	if !query.ID.IsZero() {
		return r.toReceipt(filter, query.ID)
	}
	shown := &logPage{Filter: filterForm{logFilter: filter}}
	entries, newer, older, err := r.leaf(query)
	if err != nil {
		return err
	}
	if err := r.looks.Read(r.ctx, r.login.ID, r.reads("log.read"), entries, filter.Words()); err != nil {
		return err
	}
	if newer {
		shown.Newer = r.logAt(&filter, "after", entries[0].Index)
	}
	if older {
		shown.Older = r.logAt(&filter, "before", entries[len(entries)-1].Index)
	}
	shown.Lines = r.lines(entries)
	if shown.Removals, err = r.Store.Removals(r.ctx, r.site.Key); err != nil {
		return err
	}
	return r.showLog(http.StatusOK, shown)
}

// leaf reads the page that the address names by the decision beside it. So no page
// repeats or skips one while new ones come in, and none costs more than the first.
func (r *request) leaf(query consent.LogQuery) (entries []consent.Entry, newer, older bool, err error) {
	query.Limit = linesShown + 1
	if after := r.index("after"); after > 0 {
		query.Oldest, query.After = true, after
		entries, err = r.Store.Read(r.ctx, query)
		if err != nil || len(entries) == query.Limit {
			entries = entries[:min(len(entries), linesShown)]
			slices.Reverse(entries)
			return entries, true, true, err
		}
		query.Oldest, query.After = false, 0 // the first page is reached
	}
	query.After = r.index("before")
	if entries, err = r.Store.Read(r.ctx, query); err != nil {
		return nil, false, false, err
	}
	older = len(entries) == query.Limit
	entries = entries[:min(len(entries), linesShown)]
	return entries, query.After > 0 && len(entries) > 0, older, nil
}

// index reads an index from the address, 0 for none.
func (r *request) index(name string) int64 {
	index, err := strconv.ParseInt(r.c.Query(name), 10, 64)
	if err != nil || index < 0 {
		return 0
	}
	return index
}

// logAt gives the address of a page of the log.
func (r *request) logAt(filter *logFilter, name string, index int64) string {
	values := filter.Values()
	values.Set(name, strconv.FormatInt(index, 10))
	return r.logPath("?" + values.Encode())
}

// toReceipt leads to a decision, or says that there is none.
func (r *request) toReceipt(filter logFilter, id consent.DecisionID) error {
	if _, _, err := r.decisionOrStub(id); err == nil {
		return r.redirect(r.logPath("/"+id.String()), "")
	} else if consent.KindOf(err) != consent.NotFound {
		return err
	}
	filter.Faults = misfits{{Field: "receipt", Text: r.say("log_fault_unknown")}}
	return r.showLog(http.StatusUnprocessableEntity, &logPage{Filter: filterForm{logFilter: filter}})
}

func (r *request) showLog(status int, shown *logPage) error {
	draft, err := r.inUse()
	if err != nil {
		return err
	}
	if shown.Filter, err = shown.Filter.form(r, draft); err != nil {
		return err
	}
	shown.Status = r.logStatus()
	values := shown.Filter.Values()
	values.Del("receipt")
	shown.Export = r.logPath("/export")
	if len(values) > 0 {
		shown.Export += "?" + values.Encode()
	}
	show := page{name: "log.html", title: "log_title", data: shown}
	if shown.Visitor {
		show.title, show.trail = "log_visitor_title", r.logTrail(consent.DecisionID{})
	}
	r.c.Status(status)
	return r.show(show)
}
