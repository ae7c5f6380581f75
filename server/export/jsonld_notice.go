package export

import (
	"encoding/json"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// ldNotice is what a notice adds to every record that refers to it: the other
// half of what ISO/IEC TS 27560 makes mandatory.
type ldNotice struct {
	Context      json.RawMessage    `json:"@context"`
	ID           string             `json:"@id"`
	Type         string             `json:"@type"`
	Schema       string             `json:"dct:conformsTo"`
	Number       int                `json:"samtykke:number"`
	Hash         string             `json:"samtykke:noticeHash"`
	Issued       string             `json:"dct:issued"`
	Languages    []consent.Language `json:"dct:language"`
	Site         consent.SiteKey    `json:"samtykke:site"`
	Jurisdiction string             `json:"dpv:hasJurisdiction"`
	Controller   ldParty            `json:"dpv:hasDataController"`
	DPO          ldParty            `json:"dpv:hasDataProtectionOfficer"`
	Authority    ldParty            `json:"dpv:hasAuthority"`
	Withdrawal   ldPlace            `json:"dpv:hasConsentControl"`
	Rights       ldPlace            `json:"dpv:hasRight"`
	Log          ldKept             `json:"dpv:hasStorageCondition"` // of the records themselves
	Purposes     []ldCategory       `json:"dpv:hasPurpose"`
	Processes    []ldService        `json:"dpv:hasProcess"`
}

// ldParty is somebody: a role or a company. What is not stated is absent.
type ldParty struct {
	ID       string       `json:"@id,omitempty"`
	Type     []string     `json:"@type"`
	Number   string       `json:"dpv:hasIdentifier,omitempty"` // organisation number
	Name     consent.Text `json:"dpv:hasName"`
	Address  string       `json:"dpv:hasAddress,omitempty"`
	Contact  []string     `json:"dpv:hasContact,omitempty"`
	Country  []string     `json:"dpv:hasCountry,omitempty"`
	Role     consent.Role `json:"samtykke:role,omitempty"`
	Transfer *ldTransfer  `json:"samtykke:transfer,omitempty"`
}

type ldTransfer struct {
	Country string                `json:"dpv:hasCountry"`
	Basis   consent.TransferBasis `json:"samtykke:basis"`
	Checked string                `json:"dct:date"`
}

// ldPlace is where something is done, by language.
type ldPlace struct {
	Type    string       `json:"@type"`
	Address consent.Text `json:"samtykke:address"`
}

// ldKept is for how long and where data are kept. The duration is null while the
// organisation does not know it.
type ldKept struct {
	Type      []string `json:"@type"`
	Duration  *string  `json:"dpv:hasDuration"`
	Locations []string `json:"dpv:hasLocation,omitempty"`
}

type ldCategory struct {
	ID         string       `json:"@id"`
	Type       string       `json:"@type"`
	Key        string       `json:"dct:identifier"`
	Broader    string       `json:"skos:broader"`
	Label      consent.Text `json:"skos:prefLabel"`
	Definition consent.Text `json:"skos:definition"`
}

type ldService struct {
	ID         string       `json:"@id"`
	Type       string       `json:"@type"`
	Key        string       `json:"dct:identifier"`
	Label      consent.Text `json:"skos:prefLabel"`
	Definition consent.Text `json:"skos:definition"`
	Purposes   []ldPurpose  `json:"dpv:hasPurpose"`
	Data       []ldData     `json:"dpv:hasPersonalData"`
	Processing []string     `json:"dpv:hasProcessing"`
	Recipients []ldParty    `json:"dpv:hasRecipient"`
	Basis      string       `json:"dpv:hasLegalBasis"`
	Kept       ldKept       `json:"dpv:hasStorageCondition"`
}

type ldData struct {
	Type  string       `json:"@type"`
	Label consent.Text `json:"skos:prefLabel"`
}

func newLDNotice(notice *consent.Notice) *ldNotice {
	draft := &notice.Draft
	site := &draft.Site
	out := &ldNotice{
		Context: json.RawMessage(ldContext), ID: noticeID(draft, notice.Number), Type: "dpv:ConsentNotice", Schema: "consent-notice/1",
		Number: int(notice.Number), Hash: notice.Hash.String(), Issued: notice.Published.UTC().Format(Stamp),
		Languages: site.Languages, Site: site.Key, Jurisdiction: jurisdiction(site),
		Controller: ldRole(&draft.Contacts.Controller, "dpv:DataController"),
		DPO:        ldRole(&draft.Contacts.DPO, "dpv:DataProtectionOfficer"),
		Authority:  ldRole(&draft.Contacts.Authority, "dpv:DataProtectionAuthority"),
		Withdrawal: ldPlace{"dpv:WithdrawConsent", firstText(site.Withdrawal, everywhere(site))},
		Rights:     ldPlace{"dpv:RightExerciseNotice", firstText(site.Rights, site.Privacy)},
		Log:        ldKept{Type: []string{"dpv:StorageDuration"}, Duration: stated(site.Retention)},
		Purposes:   []ldCategory{}, Processes: []ldService{},
	}
	out.Controller.ID, out.Controller.Number = controllerID(draft), draft.Organisation.Number
	for i := range draft.Categories {
		category := &draft.Categories[i]
		out.Purposes = append(out.Purposes, ldCategory{
			ID: purposeID(site.Key, notice.Number, string(category.Key)), Type: "dpv:Purpose", Key: string(category.Key),
			Broader: purposeTerm(category.Key), Label: category.Name, Definition: category.Purpose,
		})
	}
	for i := range draft.Services {
		out.Processes = append(out.Processes, newLDService(site.Key, notice.Number, &draft.Services[i]))
	}
	return out
}

func newLDService(site consent.SiteKey, number consent.NoticeNumber, service *consent.Service) ldService {
	out := ldService{
		ID: purposeID(site, number, "service:"+string(service.Key)), Type: "dpv:Process", Key: string(service.Key),
		Label: service.Name, Definition: service.Purpose,
		Data: []ldData{}, Processing: []string{"dpv:Collect", "dpv:Store", "dpv:Use"},
		Recipients: []ldParty{ldCompany(&service.Provider)},
		Basis:      "eu-gdpr:A6-1-a",
		Kept:       ldKept{Type: []string{"dpv:StorageDuration", "dpv:StorageLocation"}, Duration: stated(service.Retention), Locations: locations(service)},
	}
	if service.Basis == consent.BasisNecessary {
		out.Basis = "samtykke:strictlyNecessary" // ekomloven § 3-15, second paragraph
	}
	for _, ref := range service.Refs() {
		out.Purposes = append(out.Purposes, ldPurpose{purposeID(site, number, string(ref)), string(ref)})
	}
	if out.Purposes == nil {
		key := string(consent.Ref(service.Category, service.Key))
		out.Purposes = []ldPurpose{{purposeID(site, number, key), key}}
	}
	for _, label := range service.DataCategories {
		out.Data = append(out.Data, ldData{"dpv:PersonalData", label})
	}
	for i := range service.Recipients {
		out.Recipients = append(out.Recipients, ldCompany(&service.Recipients[i]))
	}
	return out
}

func ldRole(contact *consent.Contact, role string) ldParty {
	party := ldParty{Type: []string{role}, Name: contact.Name, Address: contact.Address}
	if contact.Email != "" {
		party.Contact = append(party.Contact, "mailto:"+contact.Email)
	}
	if contact.Phone != "" {
		party.Contact = append(party.Contact, "tel:"+contact.Phone)
	}
	if contact.URL != "" {
		party.Contact = append(party.Contact, contact.URL)
	}
	return party
}

func ldCompany(provider *consent.Provider) ldParty {
	party := ldParty{Type: []string{"dpv:Recipient"}, Name: consent.Text{"und": provider.Name}, Country: provider.Country, Role: provider.Role}
	if provider.Name == "" {
		party.Name = provider.Missing
	}
	switch provider.Role {
	case consent.RoleProcessor:
		party.Type = append(party.Type, "dpv:DataProcessor")
	case consent.RoleJoint:
		party.Type = append(party.Type, "dpv:JointDataControllers")
	default:
		party.Type = append(party.Type, "dpv:ThirdParty")
	}
	if provider.Policy != "" {
		party.Contact = []string{provider.Policy}
	}
	if t := provider.Transfer; t != nil {
		party.Transfer = &ldTransfer{t.Country, t.Basis, t.Checked}
	}
	return party
}

// locations gives the countries that a service's data are stored in: as stated,
// else those of the companies.
func locations(service *consent.Service) []string {
	if len(service.Locations) > 0 {
		return service.Locations
	}
	countries := append([]string{}, service.Provider.Country...)
	for i := range service.Recipients {
		countries = append(countries, service.Recipients[i].Country...)
	}
	slices.Sort(countries)
	return slices.Compact(countries)
}

func stated(lifetime consent.Lifetime) *string {
	if lifetime == "" {
		return nil
	}
	text := string(lifetime)
	return &text
}

func jurisdiction(site *consent.Site) string {
	if site.Jurisdiction == "" {
		return "NO"
	}
	return site.Jurisdiction
}

func firstText(texts ...consent.Text) consent.Text {
	for _, text := range texts {
		if len(text) > 0 {
			return text
		}
	}
	return consent.Text{}
}

// everywhere is the way back on every page of the site itself.
func everywhere(site *consent.Site) consent.Text {
	text := consent.Text{}
	for _, lang := range site.Languages {
		text[lang] = site.Origins[0]
	}
	return text
}

func purposeTerm(key consent.CategoryKey) string {
	switch key {
	case consent.Necessary, consent.Functional:
		return "dpv:ServiceProvision"
	case consent.Statistics:
		return "dpv:ServiceUsageAnalytics"
	case consent.Marketing:
		return "dpv:Marketing"
	default:
		return "dpv:Purpose"
	}
}
