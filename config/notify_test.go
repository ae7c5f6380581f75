package config

import (
	"reflect"
	"strings"
	"testing"
)

// Half a set-up is refused, each half with what is missing.
func TestNotifyIsAllOrNothing(t *testing.T) {
	mail := map[string]any{"notify.mail.server": "smtp.example.no:587", "notify.mail.from": "samtykke@example.no", "notify.to": []string{"a@example.no", "b@example.no"}}
	hook := map[string]any{"notify.webhook.url": "https://example.no/hook?to=us", "notify.webhook.key": strings.Repeat("k", 32)}
	none := map[string]any{}
	for name, test := range map[string]struct {
		base map[string]any
		with map[string]any
		want []string
	}{
		"nothing":            {none, none, nil},
		"mail":               {mail, none, nil},
		"hook":               {hook, none, nil},
		"login":              {mail, map[string]any{"notify.mail.user": "u", "notify.mail.password": "p"}, nil},
		"plain, own machine": {mail, map[string]any{"notify.mail.server": "127.0.0.1:25", "notify.mail.tls": "none"}, nil},
		"hook, own machine":  {hook, map[string]any{"notify.webhook.url": "http://localhost:1/x"}, nil},
		"plain":              {mail, map[string]any{"notify.mail.tls": "none"}, []string{"notify.mail.tls not_protected"}},
		"no server":          {mail, map[string]any{"notify.mail.server": ""}, []string{"notify.mail.server needs_server"}},
		"no port":            {mail, map[string]any{"notify.mail.server": "smtp.example.no"}, []string{"notify.mail.server bad_address"}},
		"server alone":       {none, map[string]any{"notify.mail.server": "localhost:25"}, []string{"notify.mail.from missing", "notify.to missing"}},
		"to alone":           {none, map[string]any{"notify.to": "a@example.no"}, []string{"notify.mail.server needs_server"}},
		"user alone":         {mail, map[string]any{"notify.mail.user": "u"}, []string{"notify.mail.password needs_password"}},
		"password alone":     {mail, map[string]any{"notify.mail.password": "p"}, []string{"notify.mail.user needs_user"}},
		"name and address":   {mail, map[string]any{"notify.mail.from": "Kari <kari@example.no>"}, []string{"notify.mail.from bad_mail"}},
		"a second header":    {mail, map[string]any{"notify.to": []string{"a@example.no\r\nBcc: b@example.no"}}, []string{"notify.to bad_mail"}},
		"a second recipient": {mail, map[string]any{"notify.to": []string{"\"a> b\"@example.no"}}, []string{"notify.to bad_mail"}},
		"hook without key":   {none, map[string]any{"notify.webhook.url": "https://example.no/"}, []string{"notify.webhook.key needs_key"}},
		"key without hook":   {none, map[string]any{"notify.webhook.key": strings.Repeat("k", 32)}, []string{"notify.webhook.url needs_url"}},
		"weak key":           {hook, map[string]any{"notify.webhook.key": "short"}, []string{"notify.webhook.key weak_key"}},
		"hook in the open":   {hook, map[string]any{"notify.webhook.url": "http://example.no/"}, []string{"notify.webhook.url bad_address"}},
		"hook with password": {hook, map[string]any{"notify.webhook.url": "https://u:p@example.no/"}, []string{"notify.webhook.url bad_address"}},
		"language":           {mail, map[string]any{"notify.language": "de"}, []string{"notify.language bad_value"}},
		"tls":                {mail, map[string]any{"notify.mail.tls": "ssl"}, []string{"notify.mail.tls bad_value"}},
	} {
		flags := map[string]any{}
		for _, layer := range []map[string]any{test.base, test.with} {
			for path, value := range layer {
				flags[path] = value
			}
		}
		_, err := Load("", nil, flags)
		var have []string
		if err != nil {
			for _, problem := range problemsOf(t, err) {
				have = append(have, strings.TrimPrefix(problem.Path, "flag ")+" "+problem.Code)
				if problem.Repair == "" {
					t.Errorf("%s: no repair", name)
				}
			}
		}
		if !reflect.DeepEqual(have, test.want) {
			t.Errorf("%s: have %q, want %q", name, have, test.want)
		}
	}
}
