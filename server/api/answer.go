package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/turn"
	"github.com/samtykke/samtykke/server/web/help"
)

// send answers with JSON and a tag of it, or says that the program has it already.
func (r *request) send(given *answer) error {
	if given.file != "" {
		r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+given.file+`"`)
	}
	if given.stream != nil {
		r.c.Set(fiber.HeaderContentType, given.kind)
		r.c.Context().SetBodyStreamWriter(given.stream)
		return nil
	}
	body, raw := given.body.([]byte)
	if !raw {
		var err error
		if body, err = encode(given.body); err != nil {
			return r.fail(err)
		}
	}
	tag, reads := given.tag, r.reads()
	if tag == "" && reads && given.file == "" {
		tag = tagOf(body)
	}
	if tag != "" {
		r.c.Set(fiber.HeaderETag, quoted(tag))
	}
	if reads && matches(r.c.Get(fiber.HeaderIfNoneMatch), tag, true) {
		r.c.Status(http.StatusNotModified)
		return nil
	}
	if given.location != "" {
		r.c.Set(fiber.HeaderLocation, given.location)
	}
	r.c.Set(fiber.HeaderContentType, cmp.Or(given.kind, fiber.MIMEApplicationJSON))
	if given.status != 0 {
		r.c.Status(given.status)
	}
	return r.c.Send(body)
}

// reads says whether a request only reads, with the body or without.
func (r *request) reads() bool {
	return r.c.Method() == http.MethodGet || r.c.Method() == http.MethodHead
}

func encode(value any) ([]byte, error) {
	var out strings.Builder
	lines := json.NewEncoder(&out)
	lines.SetEscapeHTML(false)
	err := lines.Encode(value)
	return []byte(out.String()), err
}

// tagOf is the ETag of an answer that has none of its own.
func tagOf(body []byte) string { return consent.HashOf(body).String()[:32] }

func quoted(tag string) string { return `"` + tag + `"` }

// matches says whether a tag is among those of a header. A weak one is only good
// for reading (RFC 9110, section 8.8.3).
func matches(header, tag string, reading bool) bool {
	for each := range strings.SplitSeq(header, ",") {
		each = strings.TrimSpace(each)
		if reading {
			each = strings.TrimPrefix(each, "W/")
		}
		if each == quoted(tag) {
			return true
		}
	}
	return false
}

// Problem is what an answer says that is none (RFC 9457).
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Code   Code   `json:"code"`
	Help   string `json:"help" about:"address of the page that explains the codes"`
	// Faults are everything that is wrong with what was sent.
	Faults []consent.Problem `json:"faults,omitempty"`
	More   int               `json:"more,omitempty" about:"faults that are not listed; left out for none"`
}

const problemType = "application/problem+json"

// fault is an error with a status of its own.
type fault struct {
	status int
	code   Code
	detail string
	wait   time.Duration
	faults consent.Problems
	more   int // faults beyond these
}

func (f *fault) Error() string { return f.detail }

func errUnknown() error {
	return consent.Errorf(consent.NotFound, "unknown_address", "There is nothing at this address.")
}

func errNoKey(code Code, detail string) error {
	return &fault{status: http.StatusUnauthorized, code: code, detail: detail}
}

func errUnknownKey() error {
	return errNoKey("unknown_key", "The key does not work: it is mistyped, revoked or expired.")
}

func errWait(code Code, detail string, wait time.Duration) error {
	return &fault{status: http.StatusTooManyRequests, code: code, detail: detail, wait: wait}
}

// mostFaults is how many faults an answer tells of.
const mostFaults = 1000

func errFaults(detail string, faults consent.Problems) error { return errFaultsOf(detail, faults, 0) }

// errFaultsOf tells of faults that were counted and not kept, too.
func errFaultsOf(detail string, faults consent.Problems, more int) error {
	if over := len(faults) - mostFaults; over > 0 {
		faults, more = faults[:mostFaults], more+over
	}
	if more > 0 {
		detail = fmt.Sprintf("%s The first %d faults are told; there are %d more.", detail, len(faults), more)
	}
	return &fault{status: http.StatusUnprocessableEntity, code: "faults", detail: detail, faults: faults, more: more}
}

// statusOf is how an error is answered that has no status of its own.
var statusOf = map[consent.Kind]int{
	consent.Invalid: http.StatusUnprocessableEntity, consent.NotFound: http.StatusNotFound, consent.Conflict: http.StatusConflict,
	consent.Forbidden: http.StatusForbidden, consent.Unavailable: http.StatusServiceUnavailable, consent.Internal: http.StatusInternalServerError,
}

// statusOfError gives the status of an error that has none of its own.
func statusOfError(err *consent.Error) int {
	if err.Code == "wrong_host" { // before any route
		return http.StatusMisdirectedRequest
	}
	return statusOf[err.Kind]
}

// explain makes an error one that can be told. Of what is ours to mend nothing but
// its existence is.
func (r *request) explain(err error) *fault {
	var told *fault
	var own *consent.Error
	var outer *fiber.Error
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &own) && own.Kind != consent.Internal:
		return &fault{status: statusOfError(own), code: codeOf(own), detail: own.Message, wait: waitFor(own)}
	case isTooLarge(err):
		return &fault{status: http.StatusRequestEntityTooLarge, code: "too_large", detail: "What was sent is too large."}
	case errors.As(err, &outer) && outer.Code == http.StatusRequestHeaderFieldsTooLarge:
		return &fault{status: outer.Code, code: "too_large", detail: "The address, or what came with it before the body, is too long."}
	case errors.As(err, &outer) && outer.Code < http.StatusInternalServerError:
		return &fault{status: http.StatusBadRequest, code: "malformed", detail: "The request could not be read."}
	}
	r.Log.ErrorContext(r.ctx, "request failed", "method", r.c.Method(), "route", r.c.Route().Path, "error", err)
	return &fault{status: http.StatusInternalServerError, code: "internal", detail: "Something failed here. It stands in the log of the server."}
}

// waitFor gives how long a program waits before it asks again, 0 for as it likes.
func waitFor(err *consent.Error) time.Duration {
	if err.Code == turn.Busy {
		return turn.Patience
	}
	return 0
}

// isTooLarge says whether a body was longer than what is read of one.
func isTooLarge(err error) bool {
	var outer *fiber.Error
	return errors.As(err, &outer) && outer.Code == http.StatusRequestEntityTooLarge
}

// helpWith gives the address that explains the code of a problem: of faults, where the
// first one's stands.
func (r *request) helpWith(told *fault) string {
	if len(told.faults) > 0 {
		return r.Help + "/api-faults#" + help.CodePlace(told.faults[0].Code)
	}
	return r.Help + "/api#" + help.CodePlace(string(told.code))
}

// fail answers with a problem.
func (r *request) fail(err error) error {
	told := r.explain(err)
	body, err := encode(Problem{
		Type: "urn:samtykke:problem:" + string(told.code), Title: http.StatusText(told.status), Status: told.status, Detail: told.detail,
		Code: told.code, Help: r.helpWith(told), Faults: told.faults, More: told.more,
	})
	if err != nil {
		return err
	}
	if told.status == http.StatusUnauthorized {
		r.c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="samtykke"`)
	}
	if told.wait > 0 {
		r.c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(told.wait.Seconds()))))
	}
	r.c.Set(fiber.HeaderContentType, problemType)
	return r.c.Status(told.status).Send(body)
}
