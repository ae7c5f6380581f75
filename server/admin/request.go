package admin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// request is one request on its way through a handler. It ends with it.
type request struct {
	*Admin
	c     *fiber.Ctx
	ctx   context.Context
	words web.Words
	lang  consent.Language
	form  url.Values // what a post says
	came  fileKind   // of the file that came with it
	// resumed is the key of a form that was kept and is sent now, "" for another, and weight
	// how many bytes it has.
	resumed string
	weight  int

	account   *consent.Account // nil before login
	login     *consent.Login
	token     string    // of the login
	confirmed time.Time // when who logs in has proven who they are, zero for now
	means     consent.LoginMeans
	passkey   []byte            // its id, when one was shown
	through   *consent.Identity // with which somebody logs in at the provider, nil for another way

	organisation *consent.Organisation // what the path is about
	site         *consent.SiteEntry
	role         consent.AccountRole // of the person in the organisation
	shownDraft   *keptDraft          // once it is read
	checked      checkedDraft
	waited       consent.PlanID // the plan that waited for the draft before a post, 0 for none
}

func (a *Admin) newRequest(c *fiber.Ctx) *request {
	r := &request{Admin: a, c: c, ctx: c.UserContext()}
	wanted := strings.Split(c.Get(fiber.HeaderAcceptLanguage), ",")
	wishes := make([]string, 0, len(wanted)+1)
	for _, wish := range wanted {
		tag, _, _ := strings.Cut(strings.TrimSpace(wish), ";")
		wishes = append(wishes, tag)
	}
	r.speak(consent.MatchLanguage(web.AdminLanguages, append(wishes, string(consent.Bokmaal))...))
	return r
}

// speak chooses the language of the pages.
func (r *request) speak(lang consent.Language) { r.words, r.lang = web.AdminWordsIn(lang) }

// say gives the text of a key with {names} replaced.
func (r *request) say(key string, pairs ...any) string { return r.words.Fill(key, pairs...) }

// sayCount gives the text of a key for a number {n}: that of key_one for 1.
func (r *request) sayCount(key string, n int) string {
	if n == 1 {
		key += "_one"
	}
	return r.say(key, "n", r.grouped(n))
}

// grouped writes a count as the person's language does.
func (r *request) grouped(n int) string { return r.lang.Grouped(int64(n)) }

// today is the day that it is in Norway.
func (a *Admin) today() consent.Day { return consent.DayOf(a.Clock()) }

// in gives a text of several languages in that of the person, or the nearest.
func (r *request) in(text consent.Text) web.Wording { return web.AdminWording(text, r.lang) }

// may says whether the person may do something here, for what a page offers.
func (r *request) may(permission consent.Permission) bool { return r.role.May(permission) }

// readForm reads the fields of a post.
func (r *request) readForm() error {
	if r.c.Get(fiber.HeaderContentEncoding) != "" {
		return errFormKind()
	}
	kind, parameters, err := mime.ParseMediaType(r.c.Get(fiber.HeaderContentType))
	if err != nil {
		return errFormKind()
	}
	var form url.Values
	switch kind {
	case fiber.MIMEApplicationForm:
		form, err = url.ParseQuery(string(r.c.Request().Body()))
	case fiber.MIMEMultipartForm:
		form, r.came, err = readParts(r.c.Request().Body(), parameters["boundary"])
	default:
		return errFormKind()
	}
	var own *consent.Error
	if errors.As(err, &own) {
		return err
	}
	if err != nil {
		return consent.Errorf(consent.Invalid, "malformed", "The form could not be read. Open the page again, and send it once more.")
	}
	for _, values := range form {
		for i := range values {
			values[i] = strings.ReplaceAll(legible(values[i]), "\r\n", "\n")
		}
	}
	r.form = form
	return nil
}

// unreadable stands in the place of what is no character: everybody sees it, and names
// and texts do not have it.
const unreadable = string(utf8.RuneError)

// legible gives what was sent with a sign for each null byte and for what is no UTF-8.
// Left out, the rest would say something that nobody has written.
func legible(sent string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(sent, unreadable), "\x00", unreadable)
}

func errFormKind() error {
	return consent.Errorf(consent.Invalid, "unknown_type", "The form came in a form that is not read here.")
}

// maxParts is how many fields a form with a file may have.
const maxParts = 200

// fileKind is how a file came.
type fileKind int

const (
	fileText    fileKind = iota // in UTF-8, or there was none
	fileWindows                 // it was read as Windows-1252
	fileOther                   // it is not text that can be read
)

// readParts reads a form that holds a file. The file becomes a field with its content,
// which is left empty when it is not text that can be read; the body is not larger than
// bodyLimit.
func readParts(body []byte, boundary string) (url.Values, fileKind, error) {
	kind := fileText
	form, parts := url.Values{}, multipart.NewReader(bytes.NewReader(body), boundary)
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, kind, nil
		}
		if err != nil {
			return nil, kind, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, kind, err
		}
		said := string(content)
		if part.FileName() != "" {
			var of fileKind
			said, of = readFile(said)
			kind = max(kind, of)
		}
		form.Add(part.FormName(), said)
	}
	return nil, kind, consent.Errorf(consent.Invalid, "malformed", "The form has too many fields.")
}

// readFile gives the text of a file, and what it was written in.
func readFile(content string) (string, fileKind) {
	if utf8.ValidString(content) && !strings.Contains(content, "\x00") {
		return content, fileText
	}
	if text, sure := ofWindows(content); sure {
		return text, fileWindows
	}
	return "", fileOther
}

// field gives a field of the form without blanks around it.
func (r *request) field(name string) string { return strings.TrimSpace(r.form.Get(name)) }

// redirect goes on to a path of ours, so that loading anew does not post again. A
// message is shown there: the key of a text.
func (r *request) redirect(path, done string) error {
	if done != "" {
		if strings.Contains(path, "?") {
			path += "&done=" + done
		} else {
			path += "?done=" + done
		}
		path += r.fellNow()
	}
	return r.c.Redirect(path, fiber.StatusSeeOther)
}
