package api

import (
	"net/http"
	"path"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

func requestRoutes() []route {
	const all, one = "/sites/:site/requests", "/sites/:site/requests/:request"
	refused := append([]int{http.StatusConflict}, ofBody...)
	return []route{
		{
			method: http.MethodGet, path: all, scope: consent.ScopeLog, action: "api.request.list", name: "listRequests", summary: "The register of data subjects' requests, what is due first on top",
			query:   []parameter{{"state", "open ones, or all", object{"type": "string", "enum": []string{"open", "all"}, "default": "open"}}},
			answers: map[int]any{http.StatusOK: Requests{}}, handle: (*request).requestsGet,
		},
		{
			method: http.MethodGet, path: one, scope: consent.ScopeLog, action: "api.request.read", name: "getRequest", summary: "One request, with its history",
			answers: map[int]any{http.StatusOK: rights.Request{}}, handle: (*request).requestGet,
		},
		{
			method: http.MethodPost, path: all, scope: consent.ScopeRequests, action: "api.request.add", name: "addRequest",
			summary: "Enter a request. It says when it is due. Nothing about the person is kept but receipts. Who asks again with the same Idempotency-Key is told how it stands by then",
			makes:   true, body: Received{}, answers: map[int]any{http.StatusCreated: rights.Request{}}, refused: ofBody, handle: (*request).requestPost, again: (*request).requestAgain,
		},
		{
			method: http.MethodPost, path: one + "/extend", scope: consent.ScopeRequests, action: "api.request.extend", name: "extendRequest",
			summary: "Take two further months, once", body: Extending{}, answers: map[int]any{http.StatusOK: rights.Request{}}, refused: refused,
			handle: (*request).requestExtendPost,
		},
		{
			method: http.MethodPost, path: one + "/close", scope: consent.ScopeRequests, action: "api.request.close", name: "closeRequest",
			summary: "Enter how it was answered. Nothing in the log is changed by that, so what is asked for is granted only when it is done: an erasure when no decision is left (not_erased, erasure_frozen), a restriction when all are frozen (not_restricted), an objection when all are erased or frozen (still_processed)", body: Closing{}, answers: map[int]any{http.StatusOK: rights.Request{}},
			refused: refused, handle: (*request).requestClosePost,
		},
	}
}

// Requests is a list.
type Requests struct {
	Requests []rights.Request `json:"requests"`
}

// Received is a request as it has come.
type Received struct {
	Kind     consent.RequestKind    `json:"kind"`
	Channel  consent.RequestChannel `json:"channel"`
	Received string                 `json:"received,omitempty" about:"day; today in Norway when left out"`
	Case     consent.CaseNumber     `json:"case,omitempty"     about:"number in the archive, such as 2026/1234"`
	Receipt  string                 `json:"receipt,omitempty"  about:"that the person has shown"`
	Token    string                 `json:"token,omitempty"    about:"that the person has shown; only receipts are kept"`
}

// Extending is why a request takes more time.
type Extending struct {
	Ground consent.ExtensionGround `json:"ground"`
	On     string                  `json:"on,omitempty" about:"day on which the person was told; today in Norway when left out"`
}

// Closing is how a request was answered.
type Closing struct {
	Outcome consent.Outcome       `json:"outcome"`
	Refusal consent.RefusalReason `json:"refusal,omitempty" about:"why not all was granted"`
	On      string                `json:"on,omitempty"      about:"day on which the person got the answer; today in Norway when left out"`
}

func (r *request) requestsGet() (*answer, error) {
	state, err := r.oneOf("state", "open", "all")
	if err != nil {
		return nil, err
	}
	found, err := r.Store.Requests(r.ctx, consent.RequestQuery{Site: r.site.Key, Open: state == "open"})
	if err != nil {
		return nil, err
	}
	list := Requests{Requests: make([]rights.Request, len(found))}
	history, err := rights.HistoryOf(r.ctx, r.Store, r.site, found...)
	if err != nil {
		return nil, err
	}
	for i := range found {
		list.Requests[i] = r.asJSON(&found[i], history)
	}
	return &answer{body: list}, r.looked("")
}

func (r *request) asJSON(found *consent.Request, history rights.History) rights.Request {
	told := rights.NewRequest(found, history, consent.DayOf(r.Clock()))
	if !r.key.Has(consent.ScopeLog) {
		told.Others, told.Done = []string{}, []rights.RequestAct{}
	}
	if !r.key.Has(consent.ScopeAudit) {
		for i := range told.Done {
			told.Done[i].Account = nil
		}
	}
	return told
}

// oneAsJSON gives one request with what was done for its sake.
func (r *request) oneAsJSON(found *consent.Request) (rights.Request, error) {
	history, err := rights.HistoryOf(r.ctx, r.Store, r.site, *found)
	if err != nil {
		return rights.Request{}, err
	}
	return r.asJSON(found, history), nil
}

// requestInPath gives the request that the path names.
func (r *request) requestInPath() (*consent.Request, error) {
	return r.requestOf(r.c.Params("request"))
}

func (r *request) requestOf(written string) (*consent.Request, error) {
	id, err := consent.ParseRequestID(written)
	if err != nil {
		return nil, errUnknown()
	}
	found, err := r.Store.Request(r.ctx, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	return found, err
}

func (r *request) requestGet() (*answer, error) {
	found, err := r.requestInPath()
	if err != nil {
		return nil, err
	}
	told, err := r.oneAsJSON(found)
	if err != nil {
		return nil, err
	}
	return &answer{body: told}, r.looked(found.ID.String())
}

// requestPost enters a request.
func (r *request) requestPost() (*answer, error) {
	var said Received
	if err := r.read(&said); err != nil {
		return nil, err
	}
	made, err := rights.Receive(r.ctx, r.Store, r.site.Key, &rights.Asked{
		Kind: said.Kind, Channel: said.Channel, Case: said.Case, Received: said.Received, Receipt: said.Receipt, Token: said.Token,
	}, r.Clock())
	if err != nil {
		return nil, ofField(err, rights.AskedFields)
	}
	return &answer{status: http.StatusCreated, body: r.asJSON(made, nil), location: Base + "/sites/" + string(r.site.Key) + "/requests/" + made.ID.String()}, nil
}

// requestAgain gives a request that was entered before, as it is read by now.
func (r *request) requestAgain(location string) (any, error) {
	found, err := r.requestOf(path.Base(location))
	if err != nil {
		return nil, err
	}
	told, err := r.oneAsJSON(found)
	if err != nil {
		return nil, err
	}
	act, _ := consent.ActOf(r.ctx)
	act.Action, act.Object = "api.request.read", act.Object+" "+found.ID.String()
	return told, r.Looks.Once(r.ctx, consent.LoginID{}, act)
}

func (r *request) requestExtendPost() (*answer, error) {
	var said Extending
	if err := r.read(&said); err != nil {
		return nil, err
	}
	return r.appendRequest(said.On, consent.RequestEvent{Step: consent.StepExtended, Ground: said.Ground})
}

func (r *request) requestClosePost() (*answer, error) {
	var said Closing
	if err := r.read(&said); err != nil {
		return nil, err
	}
	return r.appendRequest(said.On, consent.RequestEvent{Step: consent.StepAnswered, Outcome: said.Outcome, Refusal: said.Refusal})
}

// appendRequest appends what happened to the request of the path.
func (r *request) appendRequest(on string, event consent.RequestEvent) (*answer, error) {
	found, err := r.requestInPath()
	if err != nil {
		return nil, err
	}
	r.tells(found.ID.String(), "")
	event.Time = r.Clock().UTC()
	if event.Day, err = rights.DayOr(on, event.Time); err == nil {
		found, err = rights.Append(r.ctx, r.Store, found, event)
	}
	if err != nil {
		return nil, ofField(err, rights.StepFields)
	}
	told, err := r.oneAsJSON(found)
	return &answer{body: told}, err
}
