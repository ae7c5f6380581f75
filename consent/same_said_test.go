package consent

import (
	"fmt"
	"reflect"
	"testing"
)

// A notice is compared in each field that it publishes, however deep: what is changed in
// one alone is another notice.
func TestEachFieldCountsWhenNoticesAreCompared(t *testing.T) {
	whole := reflect.New(reflect.TypeFor[Draft]()).Elem()
	fill(whole, 0)
	draft, _ := whole.Interface().(Draft)
	changed := 0
	for at := 0; ; at++ {
		other := reflect.ValueOf(draft.Copy()).Elem()
		left := at
		path, done := disturb(other, "draft", &left)
		if !done {
			break
		}
		want := path == "draft.Services.0.Notes.0" || path == "draft.Services.0.Cookies.0.Notes.0"
		if got := sameSaid(whole, other); got != want {
			t.Errorf("%s is changed, and the same is said: %v", path, got)
		}
		changed++
	}
	if changed < 100 {
		t.Errorf("only %d fields were changed", changed)
	}
}

// fill gives everything a value: lists and maps one of each.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, depth+1)
		fill(value, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.String:
		v.SetString("nb")
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.Set(reflect.ValueOf(1).Convert(v.Type()))
	}
}

// disturb changes the value of that number among those that hold no others, and says
// which it was.
func disturb(v reflect.Value, path string, left *int) (changed string, done bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if changed, done = disturb(v.Field(i), path+"."+v.Type().Field(i).Name, left); done {
				return changed, true
			}
		}
		return "", false
	case reflect.Slice:
		for i := range v.Len() {
			if changed, done = disturb(v.Index(i), fmt.Sprintf("%s.%d", path, i), left); done {
				return changed, true
			}
		}
		return "", false
	case reflect.Map:
		for each := v.MapRange(); each.Next(); {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(each.Value())
			if changed, done = disturb(value, path+".value", left); done {
				v.SetMapIndex(each.Key(), value)
				return changed, true
			}
		}
		return "", false
	case reflect.Pointer:
		return disturb(v.Elem(), path, left)
	default:
		if *left--; *left >= 0 {
			return "", false
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("other")
	case reflect.Bool:
		v.SetBool(false)
	default:
		v.Set(reflect.ValueOf(2).Convert(v.Type()))
	}
	return path, true
}

// What a site has texts in alone is shared with what is said in its languages, and only
// what has others is made anew.
func TestOnlyWhatHasOtherLanguagesIsCopied(t *testing.T) {
	draft := validDraft()
	draft.Services[1].Purpose["sv"] = "Räknar"
	kept := draft.Copy()
	said := draft.saidIn(draft.Site.Languages)
	if said.Services[1].Purpose["sv"] != "" || said.Services[1].Purpose[Bokmaal] == "" {
		t.Errorf("the purpose is %v", said.Services[1].Purpose)
	}
	if !reflect.DeepEqual(draft, kept) {
		t.Error("the draft itself has changed")
	}
	again := copyOf(draft, func(lang Language) bool { return lang != "sv" })
	if !reflect.DeepEqual(said, again) {
		t.Errorf("%+v is said, and a copy has %+v", said, again)
	}
}
