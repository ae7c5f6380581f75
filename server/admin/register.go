package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func registerRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/requests", may: consent.MayRead, handle: (*request).registerGet},
		{method: http.MethodGet, path: "/sites/:site/requests/new", may: consent.MayAdminister, handle: (*request).registerNewGet},
		{method: http.MethodPost, path: "/sites/:site/requests/new", may: consent.MayAdminister, action: "request.add", handle: (*request).registerNewPost},
		{method: http.MethodGet, path: "/sites/:site/requests/:request", may: consent.MayRead, handle: (*request).subjectGet},
		{method: http.MethodPost, path: "/sites/:site/requests/:request/extend", may: consent.MayAdminister, action: "request.extend", handle: (*request).subjectExtendPost},
		{method: http.MethodPost, path: "/sites/:site/requests/:request/close", may: consent.MayAdminister, action: "request.close", handle: (*request).subjectClosePost},
		{method: http.MethodPost, path: "/sites/:site/requests/:request/answer", may: consent.MayRead, action: "request.answer", looks: true, sure: true, costs: true, handle: (*request).subjectAnswerPost},
	}
}

// registerPath gives the address of the register, or of something in it.
func (r *request) registerPath(more string) string {
	return "/sites/" + string(r.site.Key) + "/requests" + more
}

func (r *request) registerTrail() []web.AdminLink {
	return []web.AdminLink{{Text: r.say("nav_requests"), URL: r.registerPath("")}}
}

// subjectLine is a data subject's request in a list.
type subjectLine struct {
	*consent.Request
	URL, Kind, Channel string
	Due, Received      string // in words
	Left, Tone         string // how much time there is, and how bad that is
	Outcome            string // of one that is closed
	Undone             int    // decisions that are left although erasing them was granted
}

func (r *request) subjectLine(each *consent.Request, today consent.Day) subjectLine {
	line := subjectLine{
		Request: each, URL: r.registerPath("/" + each.ID.String()), Kind: each.Kind.Words(r.lang), Channel: r.say("requests_channel_" + string(each.Channel)),
		Due: each.Due().Words(r.lang), Received: each.Received().Words(r.lang),
	}
	if answer := each.Answer(); answer != nil {
		line.Outcome = r.say("requests_outcome_" + string(answer.Outcome))
		return line
	}
	line.Left, line.Tone = r.left(each.Due(), today)
	return line
}

// pressing is when a request is marked: the server reminds of it then, too.
const pressing = 7

// left says how much time there is until a day.
func (r *request) left(due, today consent.Day) (text, tone string) {
	days := int(due - today)
	number := func(key string, n int) string {
		if n == 1 {
			key += "_one"
		}
		return r.say(key, "n", n)
	}
	switch {
	case days < 0:
		return number("requests_late", -days), "bad"
	case days == 0:
		return r.say("requests_today"), "bad"
	case days <= pressing:
		return number("requests_left", days), "warn"
	default:
		return number("requests_left", days), ""
	}
}

// misfitOf puts an error of a rule beside the field that it is about.
func (r *request) misfitOf(err *consent.Error, fields map[string]string, other string) misfit {
	said := r.errorText(err)
	field := fields[err.Code]
	if field == "" {
		field = other
	}
	return misfit{Field: field, Text: said.Text, Lang: said.Lang}
}
