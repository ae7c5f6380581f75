package gjerdrum

import (
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// formWords are the texts of the contact form.
type formWords struct {
	Title, Lead, Start, Topic, Message, Hint, Next, Send, Choose string
	Done, Thanks, Number, Again, Language, Step, Session         string
	Remember, RememberLead                                       string
	Topics                                                       []string
}

var formTexts = map[consent.Language]formWords{
	consent.Bokmaal: {
		Title: "Kontaktskjema", Lead: "Send oss en henvendelse. Det tar omtrent to minutter.", Start: "Start utfylling",
		Topic: "Hva gjelder henvendelsen?", Message: "Beskriv saken", Hint: "Ikke skriv fødselsnummer eller helseopplysninger.",
		Next: "Neste", Send: "Send inn", Choose: "Velg ett av temaene før du går videre.", Done: "Takk for henvendelsen",
		Thanks: "I en ekte kommune ville saken nå gått til saksbehandler. Demonstrasjonen har ikke lagret det du skrev.",
		Number: "Referanse", Again: "Send en ny henvendelse", Language: "Språk i skjemaet", Step: "Steg",
		Session:  "Når du starter, lagrer skjemaet en informasjonskapsel som holder stegene sammen. Den er nødvendig og slettes når du lukker nettleseren.",
		Remember: "Husk språket mitt", RememberLead: "Skjemaet kan huske språket du velger, til du lukker nettleseren.",
		Topics: []string{"Barnehage og skole", "Vei og trafikk", "Bygg og eiendom", "Vann og avløp", "Noe annet"},
	},
	consent.Nynorsk: {
		Title: "Kontaktskjema", Lead: "Send oss ein førespurnad. Det tek om lag to minutt.", Start: "Start utfylling",
		Topic: "Kva gjeld førespurnaden?", Message: "Skildre saka", Hint: "Ikkje skriv fødselsnummer eller helseopplysningar.",
		Next: "Neste", Send: "Send inn", Choose: "Vel eitt av temaa før du går vidare.", Done: "Takk for førespurnaden",
		Thanks: "I ein ekte kommune ville saka no gått til saksbehandlar. Demonstrasjonen har ikkje lagra det du skreiv.",
		Number: "Referanse", Again: "Send ein ny førespurnad", Language: "Språk i skjemaet", Step: "Steg",
		Session:  "Når du startar, lagrar skjemaet ein informasjonskapsel som held stega saman. Han er nødvendig og blir sletta når du lukkar nettlesaren.",
		Remember: "Hugs språket mitt", RememberLead: "Skjemaet kan hugse språket du vel, til du lukkar nettlesaren.",
		Topics: []string{"Barnehage og skule", "Veg og trafikk", "Bygg og eigedom", "Vatn og avløp", "Noko anna"},
	},
	consent.English: {
		Title: "Contact form", Lead: "Send us an enquiry. It takes about two minutes.", Start: "Start the form",
		Topic: "What is it about?", Message: "Describe the matter", Hint: "Do not enter a national identity number or health information.",
		Next: "Next", Send: "Submit", Choose: "Choose one of the topics before you go on.", Done: "Thank you for your enquiry",
		Thanks: "In a real municipality a case officer would now take over. The demonstration has not stored what you wrote.",
		Number: "Reference", Again: "Send another enquiry", Language: "Language of the form", Step: "Step",
		Session:  "When you start, the form stores a cookie that keeps the steps together. It is necessary, and is deleted when you close the browser.",
		Remember: "Remember my language", RememberLead: "The form can remember the language you choose until you close the browser.",
		Topics: []string{"Kindergarten and school", "Roads and traffic", "Building and property", "Water and sewage", "Something else"},
	},
}

// formPage is what a step of the form shows.
type formPage struct {
	Words  formWords
	Query  string // keeps the language that was picked, from step to step
	Step   int    // 0 before the start, 4 when it is done
	Missed bool
	Number string
}

const aspSession = "ASP.NET_SessionId"

// form wires the contact form: a session from its start to its receipt.
func (m *municipality) form() {
	m.mux.HandleFunc("GET /skjema", func(w http.ResponseWriter, r *http.Request) {
		m.showForm(w, r, formPage{})
	})
	m.mux.HandleFunc("POST /skjema/start", func(w http.ResponseWriter, r *http.Request) {
		m.sessions.start(w, "skjema", aspSession, session{})
		toForm(w, r, "/skjema/1")
	})
	m.mux.HandleFunc("GET /skjema/{step}", m.formStep)
	m.mux.HandleFunc("POST /skjema/1", m.formTopic)
	m.mux.HandleFunc("POST /skjema/2", m.formSend)
}

// formStep shows the step that the session has reached.
func (m *municipality) formStep(w http.ResponseWriter, r *http.Request) {
	step, err := strconv.Atoi(r.PathValue("step"))
	_, current, open := m.sessions.of(r, aspSession)
	switch {
	case err != nil || step < 1 || step > 3:
		m.missing(w, r)
	case !open:
		toForm(w, r, "/skjema")
	case step > 1 && current.Topic == 0, step == 3 && current.Number == "":
		toForm(w, r, "/skjema/1")
	default:
		m.showForm(w, r, formPage{Step: step, Number: current.Number})
	}
}

func (m *municipality) formTopic(w http.ResponseWriter, r *http.Request) {
	id, current, open := m.sessions.of(r, aspSession)
	if !open {
		toForm(w, r, "/skjema")
		return
	}
	topic, err := strconv.Atoi(r.PostFormValue("tema"))
	if err != nil || topic < 1 || topic > len(formTexts[consent.Bokmaal].Topics) {
		m.showForm(w, r, formPage{Step: 1, Missed: true})
		return
	}
	current.Topic = topic
	m.sessions.keep(id, current)
	toForm(w, r, "/skjema/2")
}

func (m *municipality) formSend(w http.ResponseWriter, r *http.Request) {
	id, current, open := m.sessions.of(r, aspSession)
	if !open {
		toForm(w, r, "/skjema")
		return
	}
	current.Number = receipt()
	m.sessions.keep(id, current)
	toForm(w, r, "/skjema/3")
}

func (m *municipality) showForm(w http.ResponseWriter, r *http.Request, content formPage) {
	p := in(formLanguage(r), "/skjema", "skjema.html")
	content.Words, content.Query = formTexts[p.Language], pickedQuery(r)
	p.Title, p.Lead = content.Words.Title, content.Words.Lead
	w.Header().Set("Cache-Control", "no-store")
	status := http.StatusOK
	if content.Missed {
		status = http.StatusUnprocessableEntity
	}
	m.showWith(w, r, status, p, content)
}

// formLanguage is the language that the visitor picks in this very request,
// else the one that "cult" remembers, else bokmål.
func formLanguage(r *http.Request) consent.Language {
	language := consent.Language(r.URL.Query().Get("sprak"))
	if _, written := formTexts[language]; written {
		return language
	}
	if remembered, err := r.Cookie("cult"); err == nil {
		language = consent.Language(remembered.Value)
	}
	if _, written := formTexts[language]; written {
		return language
	}
	return consent.Bokmaal
}

// pickedQuery says which language the visitor has picked for the form, or "":
// only an explicit pick may win over the one that "cult" remembers.
func pickedQuery(r *http.Request) string {
	if r.URL.Query().Get("sprak") == "" {
		return ""
	}
	return "?sprak=" + string(formLanguage(r))
}

// toForm goes on to a step of the form in the language that was picked.
func toForm(w http.ResponseWriter, r *http.Request, step string) {
	http.Redirect(w, r, step+pickedQuery(r), http.StatusSeeOther) //nolint:gosec // G710: both parts are ours, the language is one of three
}

// receipt makes a reference number: seven characters, no meaning.
func receipt() string { return identifier()[:7] }
