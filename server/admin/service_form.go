package admin

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// kinds of fields.
const (
	aLine  = "line"
	aLong  = "long" // a line that is shown whole, on several when there is no room
	lines  = "lines"
	area   = "area"
	aCheck = "check"
)

// serviceFields makes the form of a service: everything but its cookies.
func serviceFields(b *builder) {
	b.section("service_part_what")
	b.texts("name", "service_name", aLong, true)
	if b.values.Has("key") {
		b.field("key", "service_key", aLine)
	}
	b.texts("purpose", "service_purpose", area, true)
	b.choices("category", "service_category", categoryKeys(b.draft), b.categoryWords)
	b.choices("ask", "service_ask", asks, b.askWords)
	b.choices("legal_basis", "service_basis", bases, func(v string) string { return consent.Basis(v).Words(b.lang) })
	b.section("service_part_provider")
	b.company("provider")
	for i := range recipientCount(b.values) {
		at := "recipients." + strconv.Itoa(i)
		if name := b.values.Get(at + ".name"); name != "" {
			b.fold("service_part_recipient", "name", brief(name))
		} else if b.may(consent.MayEdit) {
			b.fold("service_part_recipient_new")
		} else {
			break
		}
		b.company(at)
	}
	b.section("service_part_data")
	b.texts("data_categories", "service_data", lines, true)
	b.lifetime("retention", "service_retention")
	b.field("storage_locations", "service_locations", aLine)
	b.texts("security", "service_security", area, false)
	b.section("service_part_pages")
	b.field("hosts", "service_hosts", lines)
	b.field("never_on", "service_never_on", lines)
	b.field("link", "service_link", aLine)
	b.texts("warning", "service_warning", area, false)
	b.section("service_part_notes")
	b.field("notes", "service_notes", lines)
	b.field("purpose_revision", "service_revision", aLine)
}

var (
	asks      = []string{string(consent.AskBanner), string(consent.AskInPlace), string(consent.AskNever)}
	bases     = []string{string(consent.BasisConsent), string(consent.BasisNecessary), string(consent.BasisSwitchedOff)}
	roles     = []string{"", string(consent.RoleProcessor), string(consent.RoleController), string(consent.RoleJoint)}
	transfers = []string{"", string(consent.TransferAdequacy), string(consent.TransferSCC)}
)

func (r *request) askWords(ask string) string {
	return r.say("service_ask_" + strings.ReplaceAll(ask, " ", "_"))
}

func categoryKeys(d *consent.Draft) []string {
	keys := make([]string, len(d.Categories))
	for i := range d.Categories {
		keys[i] = string(d.Categories[i].Key)
	}
	return keys
}

// categoryWords gives the name of a category.
func (b *builder) categoryWords(key string) string {
	return b.categoryName(b.draft, consent.CategoryKey(key))
}

func (r *request) categoryName(d *consent.Draft, key consent.CategoryKey) string {
	if known := d.Category(key); known != nil {
		if name := r.in(known.Name).Text; name != "" {
			return brief(name)
		}
	}
	return brief(string(key))
}

// company makes the fields of a provider or recipient.
func (b *builder) company(at string) {
	b.field(at+".name", "company_name", aLine)
	b.field(at+".country", "company_country", aLine)
	b.choices(at+".role", "company_role", roles, func(v string) string {
		if v == "" {
			return b.say("inventory_not_chosen")
		}
		return consent.Role(v).Words(b.lang)
	})
	b.field(at+".policy", "company_policy", aLine)
	b.field(at+".transfer.country", "company_transfer_country", aLine)
	b.choices(at+".transfer.basis", "company_transfer_basis", transfers, func(v string) string {
		if v == "" {
			return b.say("inventory_not_chosen")
		}
		return consent.TransferBasis(v).Words(b.lang)
	})
	b.field(at+".transfer.checked", "company_transfer_checked", aLine)
	if at == "provider" {
		b.fold("service_part_contact")
		b.sections[len(b.sections)-1].Open = b.filled(at+".missing") || b.filled(at+".contact")
	}
	b.texts(at+".missing", "company_missing", area, false)
	b.field(at+".contact.email", "company_email", aLine)
	b.field(at+".contact.phone", "company_phone", aLine)
	b.field(at+".contact.address", "company_address", aLine)
	b.field(at+".contact.url", "company_url", aLine)
}

// maxRecipients is how many companies one form takes.
const maxRecipients = 100

// recipientCount gives the recipients that a form holds, and one empty place.
func recipientCount(values url.Values) int {
	n := 0
	for name := range values {
		if rest, ok := strings.CutPrefix(name, "recipients."); ok && values.Get(name) != "" {
			number, _, _ := strings.Cut(rest, ".")
			if i, err := strconv.Atoi(number); err == nil {
				n = max(n, i+1)
			}
		}
	}
	return min(n+1, maxRecipients)
}

// serviceValues gives a service as its form holds it.
func (r *request) serviceValues(s *consent.Service) url.Values {
	v := url.Values{}
	setText(v, "name", s.Name)
	setText(v, "purpose", s.Purpose)
	v.Set("category", string(s.Category))
	v.Set("ask", string(s.Ask))
	v.Set("legal_basis", string(s.Basis))
	r.setCompany(v, "provider", &s.Provider)
	for i := range s.Recipients {
		r.setCompany(v, fmt.Sprintf("recipients.%d", i), &s.Recipients[i])
	}
	setTextLines(v, "data_categories", s.DataCategories)
	v.Set("retention", r.lifetimeField(s.Retention))
	v.Set("storage_locations", r.countryNames(s.Locations))
	setText(v, "security", s.Security)
	v.Set("hosts", strings.Join(s.Hosts, "\n"))
	v.Set("never_on", strings.Join(s.NeverOn, "\n"))
	v.Set("link", s.Link)
	setText(v, "warning", s.Warning)
	v.Set("notes", strings.Join(s.Notes, "\n"))
	if s.PurposeRevision != 0 {
		v.Set("purpose_revision", strconv.Itoa(s.PurposeRevision))
	}
	return v
}

func setText(v url.Values, name string, text consent.Text) {
	for lang, written := range text {
		v.Set(name+"."+string(lang), written)
	}
}

// setTextLines gives each language a field, with a line for each text.
func setTextLines(v url.Values, name string, texts []consent.Text) {
	languages := map[consent.Language]bool{}
	for _, text := range texts {
		for lang := range text {
			languages[lang] = true
		}
	}
	for lang := range languages {
		all := make([]string, len(texts))
		for i, text := range texts {
			all[i] = text[lang]
		}
		v.Set(name+"."+string(lang), strings.TrimRight(strings.Join(all, "\n"), "\n"))
	}
}

// lifetimeField gives a lifetime as a field shows it, which is read back as the same.
func (r *request) lifetimeField(l consent.Lifetime) string {
	if l == "" || !l.Valid() {
		return string(l)
	}
	words := l.Words(r.lang)
	if again, err := consent.ParseLifetime(words); err != nil || again != l {
		return string(l)
	}
	return words
}

func (r *request) setCompany(v url.Values, at string, p *consent.Provider) {
	v.Set(at+".name", p.Name)
	setText(v, at+".missing", p.Missing)
	v.Set(at+".country", r.countryNames(p.Country))
	v.Set(at+".role", string(p.Role))
	v.Set(at+".policy", p.Policy)
	if p.Transfer != nil {
		v.Set(at+".transfer.country", r.countryNames([]string{p.Transfer.Country}))
		v.Set(at+".transfer.basis", string(p.Transfer.Basis))
		v.Set(at+".transfer.checked", p.Transfer.Checked)
	}
	if p.Contact != nil {
		v.Set(at+".contact.email", p.Contact.Email)
		v.Set(at+".contact.phone", p.Contact.Phone)
		v.Set(at+".contact.address", p.Contact.Address)
		v.Set(at+".contact.url", p.Contact.URL)
	}
}

// readService puts what the form says into a service. Its key and cookies stay.
func (rd *reader) readService(s *consent.Service) {
	s.Name, s.Purpose = rd.text("name", s.Name), rd.text("purpose", s.Purpose)
	s.Category = consent.CategoryKey(rd.field("category"))
	s.Ask, s.Basis = consent.Ask(rd.choice("ask", asks)), consent.Basis(rd.choice("legal_basis", bases))
	checked := checkedDays(s)
	rd.readCompany(&s.Provider, "provider", checked)
	var recipients []consent.Provider
	for i := range maxRecipients {
		at := "recipients." + strconv.Itoa(i)
		var recipient consent.Provider
		if i < len(s.Recipients) {
			recipient = s.Recipients[i]
		}
		if rd.readCompany(&recipient, at, checked); !reflect.DeepEqual(recipient, consent.Provider{}) {
			recipients = append(recipients, recipient)
		}
	}
	s.Recipients = recipients
	s.DataCategories = rd.textLines("data_categories", s.DataCategories)
	s.Retention = rd.lifetime("retention")
	s.Locations = rd.countries("storage_locations")
	s.Security, s.Warning = rd.text("security", s.Security), rd.text("warning", s.Warning)
	s.Hosts, s.NeverOn, s.Notes = rd.lines("hosts"), rd.lines("never_on"), rd.lines("notes")
	s.Link = rd.field("link")
	s.PurposeRevision = rd.number("purpose_revision")
	rd.unsigned(s)
}

// unsigned refuses to make cookies necessary by the category of their service:
// what is necessary has a written reason.
func (rd *reader) unsigned(s *consent.Service) {
	var names []string
	for i := range s.Cookies {
		c := &s.Cookies[i]
		if c.CategoryIn(s) == consent.Necessary && c.Exemption == nil && c.Category == "" {
			names = append(names, brief(c.Pattern.Name))
		}
	}
	if len(names) > 0 {
		rd.wrong["category"] = rd.say("service_unsigned", "names", strings.Join(names[:min(len(names), 10)], ", "))
	}
}

// checkedDays are those on which the transfers of a service were checked. One stays what
// it is when the companies before it are removed.
func checkedDays(s *consent.Service) (days []string) {
	for _, p := range append([]consent.Provider{s.Provider}, s.Recipients...) {
		if p.Transfer != nil {
			days = append(days, p.Transfer.Checked)
		}
	}
	return days
}

func (rd *reader) readCompany(p *consent.Provider, at string, checked []string) {
	p.Name = rd.field(at + ".name")
	p.Missing = rd.text(at+".missing", p.Missing)
	if codes := rd.countries(at + ".country"); !slices.Equal(codes, p.Country) {
		p.Country = codes
	}
	p.Role, p.Policy = consent.Role(rd.choice(at+".role", roles)), rd.field(at+".policy")
	transfer := consent.Transfer{
		Country: rd.country(at + ".transfer.country"), Basis: consent.TransferBasis(rd.choice(at+".transfer.basis", transfers)),
		Checked: rd.signed(at+".transfer.checked", checked...),
	}
	if p.Transfer = &transfer; transfer == (consent.Transfer{}) {
		p.Transfer = nil
	}
	contact := consent.Channels{
		Email: rd.field(at + ".contact.email"), Phone: rd.field(at + ".contact.phone"),
		Address: rd.field(at + ".contact.address"), URL: rd.field(at + ".contact.url"),
	}
	if p.Contact = &contact; contact == (consent.Channels{}) {
		p.Contact = nil
	}
}
