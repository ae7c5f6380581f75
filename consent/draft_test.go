package consent

import (
	"slices"
	"testing"
)

// say gives a text in the three languages of the test site.
func say(text string) Text {
	return Text{Bokmaal: text, Nynorsk: text + " (nynorsk)", English: text + " (English)"}
}

// validDraft is a site with every kind of service, and nothing wrong with it.
func validDraft() *Draft {
	return &Draft{
		Organisation: Organisation{ID: "kommunen", Name: "Prøvekommunen", Number: "864949762"},
		Site: Site{
			Key: "kommunen", Name: say("Prøvekommunen"),
			Origins:   []string{"https://www.kommunen.example", "https://*.kommunen.example:8443", "http://localhost:8080"},
			Languages: []Language{Bokmaal, Nynorsk, English},
			Privacy:   Text{Bokmaal: "/personvern", Nynorsk: "/personvern?lang=nn", English: "https://www.kommunen.example/privacy"},
			Validity:  "P12M", Retention: "P5Y", Heading: 2, Look: Look{Accent: "#1f5a3c", Radius: 4},
			Wording: map[string]Text{"heading_one": say("Vil du hjelpe oss?")},
		},
		Contacts: Contacts{
			Controller: Contact{Name: say("Prøvekommunen"), Email: "post@kommunen.example", Phone: "+47 66 10 60 00"},
			DPO:        Contact{Name: say("Personvernombudet"), Email: "ombud@kommunen.example"},
			Authority:  Contact{Name: say("Datatilsynet"), URL: "https://www.datatilsynet.no", Address: "Postboks 458 Sentrum, 0105 Oslo"},
		},
		Categories: []Category{
			{Key: Necessary, Name: say("Nødvendige"), Purpose: say("Gjør at siden virker.")},
			{Key: Functional, Name: say("Funksjon"), Purpose: say("Husker det du velger.")},
			{Key: Statistics, Name: say("Statistikk"), Purpose: say("Teller besøk på sidene.")},
			{Key: Marketing, Name: say("Markedsføring"), Purpose: say("Viser videoer fra andre.")},
		},
		Services: []Service{counterService(), ticketService(), videoService(), formService(), oldLoginService()},
	}
}

func counterService() Service {
	return Service{
		Key: "counter", Name: say("Telleren"), Purpose: say("Teller besøk på sidene."), Category: Statistics,
		Provider: Provider{Name: "Siteimprove A/S", Country: []string{"DK"}, Role: RoleProcessor, Policy: "https://www.counter.example/privacy"},
		Ask:      AskBanner, Basis: BasisConsent, DataCategories: []Text{say("Sider du ser")},
		Hosts: []string{"counter.example", "*.counter.example"}, Notes: []string{"internal: ask for a shorter lifetime"},
		Cookies: []Cookie{{
			Pattern: Pattern{Name: "nmstat", Match: MatchExact, AnyCase: true, Declared: "Nmstat"}, Kind: KindCookie, Party: FirstParty,
			Purpose: say("Kjenner igjen nettleseren."), Lifetime: Lifetimes{Declared: "P6M", Vendor: "P6M", Observed: "P6M"}, Status: StatusActive,
			Notes: []string{"internal: capital N in the old text"},
		}},
	}
}

func ticketService() Service {
	return Service{
		Key: "tickets", Name: say("Billetter"), Purpose: say("Selger billetter."), Category: Statistics,
		Provider:   Provider{Missing: say("Kommunen må fylle inn hvem som leverer billettløsningen.")},
		Recipients: []Provider{{Name: "Google Ireland Limited", Country: []string{"IE"}, Role: RoleProcessor, Transfer: &Transfer{Country: "US", Basis: TransferAdequacy, Checked: "2026-11-01"}}},
		Ask:        AskBanner, Basis: BasisConsent, DataCategories: []Text{say("Hva du bestiller")},
		Cookies: []Cookie{
			{
				Pattern: Pattern{Name: "PHPSESSID", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, HTTPOnly: true, Category: Necessary,
				Purpose: say("Holder bestillingen samlet."), Lifetime: Lifetimes{Declared: Session}, Status: StatusActive,
				Exemption: &Exemption{Ground: ExemptRequested, Reason: say("Du har selv begynt på en bestilling."), When: say("Fra du begynner."), Reviewer: "Personvernombudet", Reviewed: "2026-10-01"},
			},
			{Pattern: Pattern{Name: "_ga", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, Purpose: say("Teller kjøpere."), Lifetime: Lifetimes{Declared: "P1Y"}, Status: StatusActive, SetBy: "Google Ireland Limited"},
			{Pattern: Pattern{Name: `_ga_[A-Z0-9]+`, Match: MatchRegex}, Kind: KindCookie, Party: FirstParty, Purpose: say("Holder besøket samlet."), Lifetime: Lifetimes{Declared: "P1Y"}, Status: StatusVerify},
			{Pattern: Pattern{Name: "_gat", Match: MatchPrefix}, Kind: KindCookie, Party: FirstParty, Purpose: say("Bremser tellingen."), Status: StatusObsolete, Lifetime: Lifetimes{Declared: "PT1M"}},
		},
	}
}

func videoService() Service {
	return Service{
		Key: "video", Name: say("Video"), Purpose: say("Viser møter fra kommunestyret."), Category: Marketing,
		Provider: Provider{Name: "Videoselskapet Inc.", Country: []string{"IE", "US"}, Role: RoleController, Transfer: &Transfer{Country: "US", Basis: TransferSCC, Checked: "2026-11-01"}},
		Ask:      AskInPlace, Basis: BasisConsent, DataCategories: []Text{say("Hva du ser på")},
		Warning: say("Ikke skriv hemmelige ting."), Link: "https://video.example/kanal",
		Cookies: []Cookie{
			{Pattern: Pattern{Name: "YSC", Match: MatchExact}, Kind: KindCookie, Party: ThirdParty, Purpose: say("Teller visninger."), Lifetime: Lifetimes{Declared: Session}, Status: StatusActive},
			{Pattern: Pattern{Name: "yt-player", Match: MatchPrefix}, Kind: KindLocal, Party: ThirdParty, Category: Statistics, Purpose: say("Måler kvalitet."), Lifetime: Lifetimes{Declared: "P30D"}, Status: StatusActive},
		},
	}
}

func formService() Service {
	return Service{
		Key: "forms", Name: say("Skjema"), Purpose: say("Tar imot søknader."), Category: Necessary,
		Provider: Provider{Name: "Skjemaselskapet AS", Country: []string{"NO"}, Role: RoleJoint},
		Ask:      AskNever, Basis: BasisNecessary, DataCategories: []Text{say("Det du skriver")},
		Cookies: []Cookie{{
			Pattern: Pattern{Name: "ASP.NET_SessionId", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, Purpose: say("Holder skjemaet samlet."),
			Lifetime: Lifetimes{Declared: Session}, Status: StatusActive,
			Exemption: &Exemption{Ground: ExemptTransmission, Reason: say("Skjemaet går over flere sider."), Reviewer: "Personvernombudet", Reviewed: "2026-10-01"},
		}},
	}
}

func oldLoginService() Service {
	return Service{
		Key: "old-login", Name: say("Gammel innlogging"), Purpose: say("Er slått av."), Category: Marketing,
		Provider: Provider{Name: "Innlogging AS", Country: []string{"NO"}, Role: RoleController},
		Ask:      AskNever, Basis: BasisSwitchedOff, DataCategories: []Text{say("Konto")},
		Cookies: []Cookie{
			{Pattern: Pattern{Name: "fbm_", Match: MatchPrefix}, Kind: KindCookie, Party: FirstParty, Purpose: say("Rest, slettes."), Lifetime: Lifetimes{Declared: "P1Y"}, Status: StatusResidual},
			{Pattern: Pattern{Name: "__cfduid", Match: MatchExact, Aliases: []string{"_cfduid"}}, Kind: KindCookie, Party: FirstParty, Purpose: say("Rest, slettes."), Lifetime: Lifetimes{Declared: "P1Y"}, Status: StatusResidual},
		},
	}
}

func TestValidDraftHasNoFault(t *testing.T) {
	problems := validDraft().Validate()
	if faults := problems.Faults(); len(faults) > 0 {
		t.Fatalf("faults in a valid draft:\n%v", faults)
	}
	// The one warning is the gap that the draft confesses.
	if len(problems) != 1 || problems[0].Code != "provider_unknown" {
		t.Errorf("problems = %v, want the unknown provider alone", problems)
	}
}

// find gives the service for a test to change.
func find(d *Draft, key ServiceKey) *Service {
	return &d.Services[slices.IndexFunc(d.Services, func(s Service) bool { return s.Key == key })]
}
