package visitor

import (
	"errors"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// claim is what a browser says when it posts a Decision. The server judges it
// by the Notice of the Bundle that it names and adds its own time.
type claim struct {
	id       consent.DecisionID
	visitor  consent.VisitorKey
	bundle   consent.BundleID
	language consent.Language
	method   consent.Method
	layer    consent.Layer
	choice   consent.Choice
	answers  []byte // the choice as it was sent, within the request's body
	previous consent.DecisionID
	gpc      bool
	seconds  int64 // the browser's clock, since 1970
	shown    int64 // by the same clock in milliseconds, when the question was first seen; 0 when it is not known
}

// needed are the members that every claim has; a visitor's first leaves previous
// out, a refusal that is only counted the token, and what answers no question that
// the page showed, shown.
var needed = []string{"id", "bundle", "language", "method", "layer", "choice", "gpc", "time"}

// decodeClaim reads a posted Decision, strictly: one JSON object, valid UTF-8,
// exactly the members that are known, each once and of its type, and nothing
// after it. Errors are Invalid (malformed) and never repeat what was sent.
func decodeClaim(body []byte) (*claim, error) {
	c := new(claim)
	seen := 0
	r := &reader{body: body}
	err := r.object(func(name []byte) error {
		if slices.Contains(needed, string(name)) {
			seen++ // no name stands twice
		}
		return c.member(r, name)
	})
	if err == nil {
		err = r.end()
	}
	if err == nil && seen < len(needed) {
		err = errors.New("it lacks one of " + strings.Join(needed, ", "))
	}
	if err != nil {
		return nil, malformed(err)
	}
	return c, nil
}

// member reads one member of the outermost object.
func (c *claim) member(r *reader, name []byte) (err error) {
	switch string(name) {
	case "id":
		c.id, err = readAs(r, consent.ParseDecisionID)
	case "token":
		c.visitor, err = readAs(r, consent.ParseToken)
	case "bundle":
		c.bundle, err = readAs(r, parseBundleID)
	case "language":
		c.language, err = readAs(r, parseLanguage)
	case "method":
		c.method, err = readAs(r, parseMethod)
	case "layer":
		c.layer, err = readAs(r, parseLayer)
	case "choice":
		start := r.at
		err = c.readChoice(r)
		c.answers = r.body[start:r.at]
	case "previous":
		c.previous, err = readAs(r, consent.ParseDecisionID)
	case "gpc":
		c.gpc, err = r.truth()
	case "time":
		c.seconds, err = r.integer()
	case "shown":
		c.shown, err = r.integer()
	default:
		err = errors.New("it has a member that is not known")
	}
	return err
}

// readChoice reads {"categories":{...},"services":{...}}.
func (c *claim) readChoice(r *reader) error {
	err := r.object(func(name []byte) error {
		switch string(name) {
		case "categories":
			c.choice.Categories = map[consent.CategoryKey]bool{}
			return r.object(func(key []byte) (err error) {
				c.choice.Categories[consent.CategoryKey(key)], err = r.truth()
				return err
			})
		case "services":
			c.choice.Services = map[consent.ServiceRef]bool{}
			return r.object(func(key []byte) (err error) {
				c.choice.Services[consent.ServiceRef(key)], err = r.truth()
				return err
			})
		default:
			return errors.New("its choice has a member that is not known")
		}
	})
	if err == nil && c.choice.Categories == nil {
		return errors.New("its choice has no categories")
	}
	return err
}

func parseBundleID(s string) (consent.BundleID, error) {
	id := consent.BundleID(s)
	if !validBundleID(id) {
		return "", errors.New("its bundle is not a bundle's name")
	}
	return id, nil
}

func parseLanguage(s string) (consent.Language, error) {
	if s == "" || len(s) > 35 { // the longest tag that RFC 5646, section 4.4.1 asks room for
		return "", errors.New("its language is not a language tag")
	}
	return consent.Language(s), nil
}

func parseMethod(s string) (consent.Method, error) {
	switch m := consent.Method(s); m {
	case consent.AcceptAll, consent.RejectAll, consent.Save, consent.Withdraw, consent.PlaceholderOnce,
		consent.PlaceholderAlways, consent.SignalMethod, consent.APIMethod:
		return m, nil
	case consent.Expiry: // the server's own: nobody's choice
	}
	return "", errors.New("its method is not one that a visitor has")
}

func parseLayer(s string) (consent.Layer, error) {
	switch l := consent.Layer(s); l {
	case consent.LayerFirst, consent.LayerSecond, consent.LayerPlaceholder, consent.LayerPage:
		return l, nil
	default:
		return "", errors.New("its layer is not known")
	}
}

// malformed is the one code for a body that cannot be read, whatever is wrong.
func malformed(err error) error {
	message := "The body is not what this address takes: " + err.Error() + "."
	var own *consent.Error
	if errors.As(err, &own) {
		message = own.Message
	}
	return &consent.Error{Kind: consent.Invalid, Code: "malformed", Message: message}
}
