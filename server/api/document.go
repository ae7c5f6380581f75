package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

func documentRoutes() []route {
	return []route{{
		method: http.MethodGet, path: "/openapi.json", name: "getDocument", summary: "This document", answers: map[int]any{http.StatusOK: map[string]any{}},
		handle: (*request).documentGet,
	}}
}

func (r *request) documentGet() (*answer, error) { return &answer{body: r.document}, nil }

// object is one JSON object of the document.
type object = map[string]any

// named are the parameters in paths.
var named = map[string]object{
	"site":       {"type": "string"},
	"category":   {"type": "string"},
	"service":    {"type": "string"},
	"cookie":     {"type": "string"},
	"text":       {"type": "string"},
	"language":   {"type": "string"},
	"notice":     {"type": "integer", "minimum": 1},
	"decision":   {"type": "string", "format": "uuid"},
	"request":    {"type": "string", "format": "uuid"},
	"chart":      {"type": "string", "enum": Charts},
	"person":     {"type": "integer", "minimum": 1},
	"invitation": {"type": "string"},
	"key":        {"type": "string"},
}

var parameterName = regexp.MustCompile(`:(\w+)`)

// describe makes the OpenAPI document of the routes and the types that they name,
// so that it says what is answered.
func describe(routes []route) ([]byte, error) {
	types := newSchemas()
	paths := object{}
	for i := range routes {
		to := &routes[i]
		path := parameterName.ReplaceAllString(to.path, "{$1}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(to.method)] = operation(to, types)
	}
	problem := object{"description": "What is wrong", "content": object{problemType: object{"schema": types.of(Problem{})}}}
	hooks := types.webhooks()
	if err := types.siteFile(); err != nil {
		return nil, err
	}
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Samtykke", "version": "1", "license": object{"name": "MIT", "identifier": "MIT"},
			"description": "What people do on the pages of the administration, for programs. An administrator makes a key under API keys of the organisation.",
		},
		"servers": []object{{"url": Base}},
		"paths":   paths, "webhooks": hooks,
		"components": object{
			"schemas":         types.defined,
			"responses":       object{"Problem": problem},
			"securitySchemes": object{"key": object{"type": "http", "scheme": "bearer", "description": "A key of the organisation: smt_…"}},
		},
	}, "", "  ")
}

// operation describes one route.
func operation(to *route, types *schemas) object {
	found := object{"operationId": to.name, "summary": to.summary, "security": []object{}}
	if to.scope != "" {
		found["security"] = []object{{"key": []string{}}}
		found["description"] = "The key needs the scope " + string(to.scope) + "."
	}
	if list := parameters(to); len(list) > 0 {
		found["parameters"] = list
	}
	if to.body != nil {
		found["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": types.of(to.body)}}}
	}
	responses := object{}
	tag := object{"ETag": object{"schema": object{"type": "string"}}}
	headers := tag
	if to.mayLapse() {
		headers = maps.Clone(tag)
		headers[lapsedHeader] = object{
			"description": "What was planned for the draft, and lapsed by this change: a proposal, or a time. Left out for nothing", "schema": object{"type": "string", "enum": []consent.PlanState{consent.PlanProposed, consent.PlanScheduled}},
		}
	}
	for status, body := range to.answers {
		responses[strconv.Itoa(status)] = object{
			"description": http.StatusText(status), "headers": headers,
			"content": object{"application/json": object{"schema": types.of(body)}},
		}
	}
	if len(to.files) > 0 {
		responses["200"] = fileOf(to, tag)
	}
	for _, status := range refusals(to) {
		responses[strconv.Itoa(status)] = object{"$ref": "#/components/responses/Problem"}
	}
	if to.heads() {
		responses["304"] = object{"description": "Not changed since the ETag in If-None-Match"}
	}
	found["responses"] = responses
	return found
}

// fileOf describes a file that is answered.
func fileOf(to *route, tag object) object {
	kinds := object{}
	for _, kind := range to.files {
		kinds[kind] = object{"schema": object{"type": "string"}}
		if kind == fiber.MIMEApplicationJSON {
			kinds[kind] = object{"schema": object{"type": "object"}}
		}
	}
	file := object{"description": "The file", "content": kinds}
	if to.tagged {
		file["headers"] = tag
	}
	return file
}

// refusals are the statuses of problems that a route may answer.
func refusals(to *route) []int {
	statuses := map[int]bool{http.StatusInternalServerError: true, http.StatusServiceUnavailable: true, http.StatusUnprocessableEntity: true, http.StatusRequestHeaderFieldsTooLarge: true}
	if to.scope != "" {
		for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests} {
			statuses[status] = true
		}
	}
	if strings.Contains(to.path, ":") {
		statuses[http.StatusNotFound] = true
	}
	if to.makes {
		statuses[http.StatusConflict] = true
	}
	for _, status := range to.refused {
		statuses[status] = true
	}
	return slices.Sorted(maps.Keys(statuses))
}

func parameters(to *route) []object {
	var list []object
	for _, found := range parameterName.FindAllStringSubmatch(to.path, -1) {
		list = append(list, object{"name": found[1], "in": "path", "required": true, "schema": named[found[1]]})
	}
	for _, field := range to.query {
		list = append(list, object{"name": field.name, "in": "query", "description": field.about, "schema": field.schema})
	}
	if to.matched {
		list = append(list, object{"name": "If-Match", "in": "header", "required": true, "description": "ETag of what is changed, as it was got", "schema": object{"type": "string"}})
	}
	if to.makes {
		list = append(list, object{
			"name": repeatHeader, "in": "header", "schema": object{"type": "string", "maxLength": maxRepeat + 2},
			"description": "such as a UUID: within a day the same one gets the first answer, and nothing is made twice",
		})
	}
	return list
}

// checkQuery refuses fields that a route does not know: a filter that is mistyped
// must not give more than was asked for. Of one that stands twice only the first would be
// read.
func (r *request) checkQuery(to route) error {
	var faults consent.Problems
	met := map[string]bool{}
	for field := range r.c.Context().QueryArgs().All() {
		name := string(field)
		if met[name] {
			errField(&faults, name[:min(len(name), 100)], "duplicate_field", "The field stands twice.", "Write it once.")
			continue
		}
		met[name] = true
		if !slices.ContainsFunc(to.query, func(p parameter) bool { return p.name == name }) {
			errField(&faults, name[:min(len(name), 100)], "unknown_field", "There is no such field.", "Leave it out, or see GET "+Base+"/openapi.json.")
		}
	}
	if len(faults) > 0 {
		return errFaults("The address has fields that are not known, or stand twice.", faults)
	}
	return nil
}

// oneOf reads a field of an address that has only some values, the first of which it has
// when it is left out.
func (r *request) oneOf(name string, values ...string) (string, error) {
	value := r.c.Query(name, values[0])
	if slices.Contains(values, value) {
		return value, nil
	}
	var faults consent.Problems
	errField(&faults, name, "bad_choice", "There is no such "+name+".", "Write "+strings.Join(values, " or ")+".")
	return "", errFaults("The address asks for what there cannot be.", faults)
}

// Document gives the OpenAPI document.
func (a *API) Document() []byte { return a.document }
