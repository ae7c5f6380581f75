package visitor

import (
	"errors"
	"regexp"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// maxFindings is how many Findings one page may report at once.
const maxFindings = 20

// markupName is what a page's markup may be reported to name: keys, and the
// marks that the banner puts for what cannot be a key.
var markupName = regexp.MustCompile(`^[a-z0-9!-]{0,40}/[a-z0-9-]{0,40}$`)

// report is what a page has seen.
type report struct {
	bundle   consent.BundleID
	findings []consent.Finding
}

// postFindings answers POST /{site}/findings with 204. What is counted is a
// name of the Notice or of the page's markup: no value, no address, no visitor.
func (v *Visitor) postFindings(c *fiber.Ctx) error {
	current, err := v.admit(c, v.limiter)
	if err != nil {
		return err
	}
	body, err := rawBody(c)
	if err != nil {
		return err
	}
	report, err := decodeReport(body)
	if err != nil {
		return err
	}
	ballot, err := v.ballot(c.UserContext(), current.site, report.bundle)
	if err != nil {
		return err
	}
	now := v.Clock().UTC()
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	counted := make([]consent.Finding, 0, len(report.findings))
	for _, finding := range report.findings {
		if !finding.Kind.IsOfMarkup() && !ballot.reportable[finding.Name] {
			return consent.Errorf(consent.Invalid, "unknown_cookie",
				"This notice has no such cookie. Send service/pattern as the notice has it.")
		}
		finding.Site, finding.Day, finding.Count, finding.Last = current.site, day, 1, now.Truncate(time.Millisecond)
		if v.names.allows(&finding) {
			counted = append(counted, finding)
		}
	}
	if len(counted) > 0 {
		if err := v.Store.AddFindings(c.UserContext(), counted); err != nil {
			return err
		}
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// decodeReport reads {"bundle":"...","findings":[{"kind":"...","name":"..."}]},
// as strictly as decodeClaim.
func decodeReport(body []byte) (*report, error) {
	found := new(report)
	r := &reader{body: body}
	err := r.object(func(name []byte) (err error) {
		switch string(name) {
		case "bundle":
			found.bundle, err = readAs(r, parseBundleID)
		case "findings":
			err = found.readFindings(r)
		default:
			err = errors.New("it has a member that is not known")
		}
		return err
	})
	if err == nil {
		err = r.end()
	}
	if err == nil && (found.bundle == "" || found.findings == nil) {
		err = errors.New("it has no bundle or no findings")
	}
	if err != nil {
		return nil, malformed(err)
	}
	return found, nil
}

func (found *report) readFindings(r *reader) error {
	found.findings = []consent.Finding{}
	return r.array(func() error {
		if len(found.findings) == maxFindings {
			return errors.New("it has more than 20 findings")
		}
		finding, err := readFinding(r)
		found.findings = append(found.findings, finding)
		return err
	})
}

func readFinding(r *reader) (consent.Finding, error) {
	var finding consent.Finding
	err := r.object(func(name []byte) (err error) {
		switch string(name) {
		case "kind":
			finding.Kind, err = readAs(r, parseFindingKind)
		case "name":
			finding.Name, err = readAs(r, asWritten)
		default:
			err = errors.New("a finding has a member that is not known")
		}
		return err
	})
	switch {
	case err != nil:
		return finding, err
	case finding.Kind == "" || finding.Name == "":
		return finding, errors.New("a finding has no kind or no name")
	case finding.Kind.IsOfMarkup() && !markupName.MatchString(finding.Name):
		return finding, errors.New("a finding's name is not category/service")
	}
	return finding, nil
}

func asWritten(s string) (string, error) { return s, nil }

func parseFindingKind(s string) (consent.FindingKind, error) {
	switch k := consent.FindingKind(s); k {
	case consent.FoundResidual, consent.FoundUnknown, consent.FoundStuck, consent.FoundMarkup:
		return k, nil
	default:
		return "", errors.New("a finding's kind is not known")
	}
}
