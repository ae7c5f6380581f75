package admin

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/turn"
)

// statusOfKind is how an error is answered.
var statusOfKind = map[consent.Kind]int{
	consent.Invalid: http.StatusUnprocessableEntity, consent.NotFound: http.StatusNotFound, consent.Conflict: http.StatusConflict,
	consent.Forbidden: http.StatusForbidden, consent.Unavailable: http.StatusServiceUnavailable, consent.Internal: http.StatusInternalServerError,
}

// errorPage says what went wrong and what to do.
type errorPage struct {
	Text string
	URL  string // of what mends it, "" for nothing
	Link string
	Lang consent.Language // of the text, "" for that of the page
}

// statusOfCode is how some errors are answered instead.
var statusOfCode = map[string]int{"wrong_method": http.StatusMethodNotAllowed, wrongHost: http.StatusMisdirectedRequest, tooOften: http.StatusTooManyRequests, longHead: http.StatusRequestHeaderFieldsTooLarge}

func statusFor(err *consent.Error) int {
	if status := statusOfCode[err.Code]; status != 0 {
		return status
	}
	return statusOfKind[err.Kind]
}

// unstored are the codes of what the store could not take.
var unstored = []string{"busy", "cancelled", "closed", "disk_full", "erasure_unfinished", "full", "not_stored"}

// formStatus is how a form is shown again: what could not be stored is no fault of it.
func formStatus(err *consent.Error) int {
	if slices.Contains(unstored, err.Code) {
		return statusFor(err)
	}
	return http.StatusUnprocessableEntity
}

// fail shows an error to the person. Of what is ours to mend nothing but its
// existence is told.
func (r *request) fail(err error) error {
	var own *consent.Error
	status, key := http.StatusInternalServerError, "error_500"
	shown := errorPage{Text: r.say("error_text_500")}
	if errors.As(err, &own) && own.Kind != consent.Internal {
		status = statusFor(own)
		shown = r.errorText(own)
		switch own.Code {
		case "factor_needed":
			shown.URL, shown.Link = "/account/factors", r.say("factor_title")
		case wrongHost:
			shown.URL, shown.Link = r.Address, r.Address
		case turn.Busy:
			r.c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(turn.Patience.Seconds())))
			if !changes(r.c.Method()) { // nothing was written that could be lost
				shown = errorPage{Text: r.say("busy_open"), URL: strings.Clone(r.c.OriginalURL()), Link: r.say("busy_again")}
			}
		}
		switch own.Kind {
		case consent.NotFound, consent.Forbidden, consent.Conflict, consent.Unavailable:
			key = "error_" + string(own.Kind)
		default:
			key = "error_invalid"
		}
	} else {
		r.Log.ErrorContext(r.ctx, "request failed", "method", r.c.Method(), "route", r.c.Route().Path, "error", err)
	}
	r.c.Status(status)
	return r.show(page{name: "error.html", title: key, data: shown, help: helpWith(own)})
}

// helpWith gives the article of the manual about an error.
func helpWith(err *consent.Error) string {
	switch {
	case err != nil && err.Code == "factor_needed":
		return "account"
	case err != nil && err.Kind == consent.Conflict:
		return "conflict"
	}
	return "trouble"
}

// errorText gives the sentence of an error in the language of the person, when
// there is one.
func (r *request) errorText(err *consent.Error) errorPage {
	if text := r.words["error_text_"+err.Code]; text != "" {
		return errorPage{Text: text}
	}
	if err.Code == "not_permitted" || err.Code == tooOften { // said in the person's language already
		return errorPage{Text: err.Message}
	}
	lang := consent.English
	if r.lang == lang {
		lang = ""
	}
	return errorPage{Text: err.Message, Lang: lang}
}

// recognise finds who is on a path that leads nowhere, and below which Site or
// Organisation of theirs it lies, so that the page has the menu of the others.
func (r *request) recognise() error {
	if err := r.identify(); err != nil || r.account == nil {
		return err
	}
	steps := strings.Split(r.c.Path(), "/")
	if len(steps) < 3 {
		return nil
	}
	var id consent.OrganisationID
	switch steps[1] {
	case "organisations":
		id = consent.OrganisationID(steps[2])
	case "sites":
		site, err := r.Store.Site(r.ctx, consent.SiteKey(steps[2]))
		if err != nil {
			return unlessUnknown(err)
		}
		r.site, id = &site, site.Organisation
	}
	if r.role = r.account.Role(id); r.role == "" {
		r.site = nil // nothing of it is shown
		return nil
	}
	return unlessUnknown(r.inOrganisation(id))
}

// unlessUnknown is for what need not be there.
func unlessUnknown(err error) error {
	if consent.KindOf(err) == consent.NotFound {
		return nil
	}
	return err
}

// answerError is for what reaches no route: a path that does not exist, a body
// that is too large.
func (a *Admin) answerError(c *fiber.Ctx, err error) error {
	tooMuch := a.overLong(c, err)
	if api.Owns(c.Path()) {
		if tooMuch {
			err = api.TooMuch(bodyTime)
		}
		return a.api.AnswerError(c, err)
	}
	var outer *fiber.Error
	if !errors.As(err, &outer) {
		return a.newRequest(c).fail(err)
	}
	kind, code := consent.NotFound, "unknown_address"
	switch outer.Code {
	case http.StatusNotFound:
	case http.StatusMethodNotAllowed:
		kind, code = consent.Invalid, "wrong_method"
	case http.StatusRequestEntityTooLarge:
		kind, code = consent.Invalid, "too_large"
	case http.StatusRequestHeaderFieldsTooLarge:
		kind, code = consent.Invalid, longHead
	default:
		kind, code = consent.Invalid, "malformed"
	}
	r := a.newRequest(c)
	if err := r.recognise(); err != nil {
		return r.fail(err)
	}
	switch {
	case tooMuch:
		return r.fail(r.errTooOften(bodyTime, "too_much", "seconds", int(bodyTime.Seconds())))
	case code == "too_large" && r.account == nil:
		code = "log_in_first"
	}
	return r.fail(consent.Errorf(kind, code, "%s", outer.Message))
}
