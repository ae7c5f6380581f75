package visitor

import (
	"bytes"
	"cmp"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

// declarationSchema names the shape of the JSON declaration. Fields may be
// added to it; none is removed or changes its meaning.
const declarationSchema = "samtykke-declaration/1"

// The shape of the declaration as data, described in
// testdata/declaration.schema.json. Texts are in the one language that is named.
type (
	declarationJSON struct {
		Schema       string             `json:"schema"`
		Language     consent.Language   `json:"language"`
		Languages    []consent.Language `json:"languages"`
		Organisation organisationJSON   `json:"organisation"`
		Site         siteJSON           `json:"site"`
		Notice       noticeJSON         `json:"notice"`
		Contacts     []contactJSON      `json:"contacts"`
		Categories   []categoryJSON     `json:"categories"`
		Services     []serviceJSON      `json:"services"`
		OwnStorage   []ownJSON          `json:"own_storage"`
		ConsentLog   consentLogJSON     `json:"consent_log"`
	}
	organisationJSON struct {
		ID     consent.OrganisationID `json:"id"`
		Name   string                 `json:"name"`
		Number string                 `json:"number"`
	}
	siteJSON struct {
		Key     consent.SiteKey `json:"key"`
		Name    string          `json:"name"`
		Origins []string        `json:"origins"`
		Privacy string          `json:"privacy_statement"`
		// Whose law holds, and where visitors use the rights that it gives.
		Jurisdiction string `json:"jurisdiction"`
		Withdrawal   string `json:"withdrawal_method"`
		Rights       string `json:"rights"`
	}
	noticeJSON struct {
		Number    consent.NoticeNumber `json:"number"`
		Hash      string               `json:"sha256"`
		Published string               `json:"published"`
		Permalink string               `json:"permalink"`
	}
	contactJSON struct {
		Role    string `json:"role"`
		Name    string `json:"name"`
		Email   string `json:"email,omitempty"`
		Phone   string `json:"phone,omitempty"`
		Address string `json:"address,omitempty"`
		URL     string `json:"url,omitempty"`
	}
	categoryJSON struct {
		Key     consent.CategoryKey `json:"key"`
		Name    string              `json:"name"`
		Purpose string              `json:"purpose"`
	}
	ownJSON struct {
		Name     string              `json:"name"`
		Kind     consent.StorageKind `json:"kind"`
		Purpose  string              `json:"purpose"`
		Lifetime *lifetimeJSON       `json:"lifetime"`
	}
	consentLogJSON struct {
		Purpose   string       `json:"purpose"`
		Basis     string       `json:"legal_basis"`
		Data      string       `json:"data"`
		Retention lifetimeJSON `json:"retention"`
		// Refusals is "count" where a first refusal is a number only.
		Refusals consent.Refusals `json:"refusals,omitempty"`
		// Who runs the log, where it is stored, and its transfer. All are absent while
		// the notice states none of it; a processor alone, where there is none.
		Processor string        `json:"processor,omitempty"`
		Countries []string      `json:"countries,omitempty"`
		Transfer  *transferJSON `json:"transfer,omitempty"`
	}
	lifetimeJSON struct {
		ISO   consent.Lifetime `json:"iso"` // "session" or ISO 8601
		Words string           `json:"words"`
	}
)

// DeclarationJSON gives the inventory of a Notice as data
// ("application/json; charset=utf-8"), in the shape of
// testdata/declaration.schema.json. The base is the one of PageOptions.
func DeclarationJSON(notice *consent.Notice, lang consent.Language, base string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(editionOf(notice, lang).data(base)); err != nil {
		return nil, &consent.Error{Kind: consent.Internal, Code: "declaration", Message: "The declaration could not be written as JSON.", Err: err}
	}
	return out.Bytes(), nil
}

func (e *edition) data(base string) *declarationJSON {
	site, organisation := &e.draft.Site, &e.draft.Organisation
	data := &declarationJSON{
		Schema: declarationSchema, Language: e.asked, Languages: site.Languages,
		Organisation: organisationJSON{ID: organisation.ID, Name: organisation.Name, Number: organisation.Number},
		Site: siteJSON{
			Key: site.Key, Name: e.text(site.Name), Origins: site.Origins, Privacy: e.text(site.Privacy),
			Jurisdiction: cmp.Or(site.Jurisdiction, "NO"), Withdrawal: e.withdrawal(), Rights: cmp.Or(e.text(site.Rights), e.text(site.Privacy)),
		},
		Notice: noticeJSON{
			Number: e.notice.Number, Hash: e.notice.Hash.String(), Published: e.published(), Permalink: e.permalink(base),
		},
		Contacts: []contactJSON{
			e.contactData("controller", &e.draft.Contacts.Controller),
			e.contactData("data_protection_officer", &e.draft.Contacts.DPO),
			e.contactData("supervisory_authority", &e.draft.Contacts.Authority),
		},
		Categories: []categoryJSON{},
		Services:   e.serviceData(),
		ConsentLog: e.logData(),
	}
	for i := range e.draft.Categories {
		category := &e.draft.Categories[i]
		data.Categories = append(data.Categories, categoryJSON{
			Key: category.Key, Name: e.text(category.Name), Purpose: e.text(category.Purpose),
		})
	}
	for _, name := range site.OwnCookies() {
		data.OwnStorage = append(data.OwnStorage, ownJSON{Name: name, Kind: consent.KindCookie, Purpose: e.words["own_cookie"], Lifetime: e.lifetimeData(site.Validity)})
	}
	data.OwnStorage = append(data.OwnStorage, ownJSON{Name: site.Key.AnswerCookie(), Kind: consent.KindLocal, Purpose: e.words["own_local"]})
	return data
}

func (e *edition) logData() consentLogJSON {
	site := &e.draft.Site
	log := consentLogJSON{
		Purpose: e.words["log_purpose"], Basis: e.words["log_basis"], Data: e.words["log_data"],
		Retention: *e.lifetimeData(site.Retention), Refusals: site.Refusals,
	}
	if kept := site.ConsentLog; kept != nil {
		log.Processor, log.Countries, log.Transfer = kept.Processor, kept.Countries, transferData(kept.Transfer)
	}
	return log
}

func (e *edition) contactData(role string, contact *consent.Contact) contactJSON {
	return contactJSON{
		Role: role, Name: e.text(contact.Name),
		Email: contact.Email, Phone: contact.Phone, Address: contact.Address, URL: contact.URL,
	}
}

// lifetimeData gives a lifetime for machines and for people, or nothing when
// none is stated.
func (e *edition) lifetimeData(lifetime consent.Lifetime) *lifetimeJSON {
	if lifetime == "" {
		return nil
	}
	return &lifetimeJSON{ISO: lifetime, Words: lifetime.Words(e.asked)}
}
