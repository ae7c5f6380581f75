package admin_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/samtykke/samtykke/server/api"
)

// contract is what the API says of itself. It is the same for every house.
type contract struct {
	routers.Router

	mu      sync.Mutex // the compiler writes down what it has compiled
	schemas *jsonschema.Compiler
}

// documentName is where the schemas' references to each other start.
const documentName = "openapi.json"

var document = sync.OnceValues(func() (*contract, error) {
	a, err := api.New(api.Options{})
	if err != nil {
		return nil, err
	}
	read, err := openapi3.NewLoader().LoadFromData(a.Document())
	if err != nil {
		return nil, err
	}
	router, err := legacy.NewRouter(read)
	if err != nil {
		return nil, err
	}
	text, err := jsonschema.UnmarshalJSON(strings.NewReader(string(a.Document())))
	if err != nil {
		return nil, err
	}
	schemas := jsonschema.NewCompiler()
	schemas.DefaultDraft(jsonschema.Draft2020)
	schemas.AssertFormat()
	return &contract{Router: router, schemas: schemas}, schemas.AddResource(documentName, text)
})

// promised fails unless an answer is as the document says.
func (g *program) promised(request *http.Request, got answer) {
	g.t.Helper()
	c, err := document()
	must(g.t, err)
	asked := httptest.NewRequest(request.Method, request.URL.RequestURI(), request.Body)
	asked.Header = request.Header
	route, in, err := c.FindRoute(asked)
	if err != nil || strings.HasSuffix(request.URL.Path, "/") { // it is in no table
		if got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
			g.t.Errorf("%s %s is answered with %d, and is not in the document", request.Method, request.URL, got.status)
		}
		return
	}
	// The library compiles a schema for each body anew: the contract does it once for all.
	options := &openapi3filter.Options{IncludeResponseStatus: true, ExcludeResponseBody: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	input := &openapi3filter.RequestValidationInput{Request: asked, PathParams: in, Route: route, Options: options}
	if got.status < 300 {
		if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
			g.t.Errorf("%s %s is answered with %d, and the document forbids it: %v", request.Method, request.URL, got.status, err)
		}
	}
	if got.status == http.StatusNotModified {
		if got.body != "" {
			g.t.Error("what has not changed has a body")
		}
		return
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: got.status, Header: got.header, Body: io.NopCloser(strings.NewReader(got.body)), Options: options,
	})
	if err == nil {
		err = c.body(route, got)
	}
	if err != nil {
		g.t.Errorf("%s %s: the answer (%d) is not as the document says: %v\n%.2000s", request.Method, request.URL, got.status, err, got.body)
	}
}

// body says what is wrong with the body of an answer. A file is taken for what it is:
// nothing in it is JSON that the document describes.
func (c *contract) body(route *routers.Route, got answer) error {
	response := route.Operation.Responses.Status(got.status)
	promised := response.Value.Content
	if len(promised) == 0 {
		if got.body != "" {
			return errors.New("a body that the document does not know")
		}
		return nil
	}
	kind, _, err := mime.ParseMediaType(got.header.Get("Content-Type"))
	if err != nil {
		return err
	}
	if promised[kind] == nil {
		return fmt.Errorf("a body of %s", kind)
	}
	if kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.body))
	if err != nil {
		return err
	}
	place := response.Ref // of what many answers share
	if place == "" {
		place = pointer("#", "paths", route.Path, strings.ToLower(route.Method), "responses", strconv.Itoa(got.status))
	}
	c.mu.Lock()
	schema, err := c.schemas.Compile(documentName + pointer(place, "content", kind, "schema"))
	c.mu.Unlock()
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// pointer names a place of the document, as RFC 6901 does.
func pointer(place string, steps ...string) string {
	escaped := strings.NewReplacer("~", "~0", "/", "~1")
	path := []string{place}
	for _, step := range steps {
		path = append(path, escaped.Replace(step))
	}
	return strings.Join(path, "/")
}
