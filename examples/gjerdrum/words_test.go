package gjerdrum

import (
	"reflect"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// No language lacks a text around the pages or in the form.
func TestWordsAreComplete(t *testing.T) {
	for language, texts := range chrome {
		for i := range reflect.TypeFor[words]().NumField() {
			if reflect.ValueOf(texts).Field(i).String() == "" {
				t.Errorf("%s lacks %s", language, reflect.TypeFor[words]().Field(i).Name)
			}
		}
	}
	for language, texts := range formTexts {
		for i := range reflect.TypeFor[formWords]().NumField() {
			if reflect.ValueOf(texts).Field(i).IsZero() {
				t.Errorf("the form lacks %s in %s", reflect.TypeFor[formWords]().Field(i).Name, language)
			}
		}
		if len(texts.Topics) != len(formTexts["nb"].Topics) {
			t.Errorf("the form has other topics in %s", language)
		}
	}
	for _, language := range spoken {
		for key := range texts[consent.Bokmaal] {
			if texts[language][key] == "" {
				t.Errorf("the pages lack %s in %s", key, language)
			}
		}
		for key := range texts[language] {
			if texts[consent.Bokmaal][key] == "" {
				t.Errorf("%s alone has %s", language, key)
			}
		}
	}
	for _, row := range Rows {
		if labels[row.Service] == "" {
			t.Errorf("%s has no label", row.Service)
		}
	}
}
