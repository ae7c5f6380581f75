package consent

import (
	"reflect"
	"slices"
)

// Copy gives a draft that can be changed without changing the other. Going through
// JSON would take three times as long, and somebody waits for it.
func (d *Draft) Copy() *Draft { return copyOf(d, func(Language) bool { return true }) }

// saidIn gives the draft without the texts in other languages than these. Services that
// have none are the same in both, so nobody changes them: of long inventories most are.
func (d *Draft) saidIn(languages []Language) *Draft {
	keeps := func(lang Language) bool { return slices.Contains(languages, lang) }
	bare := *d
	bare.Services = nil
	said := copyOf(&bare, keeps)
	said.Services = slices.Clone(d.Services)
	for i := range said.Services {
		if s := reflect.ValueOf(&said.Services[i]).Elem(); !keepsAll(s, keeps) {
			again := new(Service)
			copyInto(reflect.ValueOf(again).Elem(), s, keeps)
			said.Services[i] = *again
		}
	}
	return said
}

// keepsAll says that copyInto would leave nothing out.
func keepsAll(from reflect.Value, keeps func(Language) bool) bool {
	switch from.Kind() {
	case reflect.Struct:
		for i := range from.NumField() {
			if !keepsAll(from.Field(i), keeps) {
				return false
			}
		}
	case reflect.Slice:
		for i := range from.Len() {
			if !keepsAll(from.Index(i), keeps) {
				return false
			}
		}
	case reflect.Map:
		return keepsMap(from, keeps)
	case reflect.Pointer:
		return from.IsNil() || keepsAll(from.Elem(), keeps)
	default:
	}
	return true
}

func keepsMap(from reflect.Value, keeps func(Language) bool) bool {
	if text, is := from.Interface().(Text); is { // which nearly all are
		for lang := range text {
			if !keeps(lang) {
				return false
			}
		}
		return true
	}
	for each := from.MapRange(); each.Next(); {
		if lang, is := each.Key().Interface().(Language); is && !keeps(lang) || !keepsAll(each.Value(), keeps) {
			return false
		}
	}
	return true
}

func copyOf(d *Draft, keeps func(Language) bool) *Draft {
	again := new(Draft)
	copyInto(reflect.ValueOf(again).Elem(), reflect.ValueOf(d).Elem(), keeps)
	return again
}

// copyInto copies plain data: lists, maps and what pointers lead to are made anew. A
// text of which nothing is kept is none.
func copyInto(to, from reflect.Value, keeps func(Language) bool) {
	switch from.Kind() {
	case reflect.Struct:
		for i := range from.NumField() {
			copyInto(to.Field(i), from.Field(i), keeps)
		}
	case reflect.Slice:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			copyInto(to.Index(i), from.Index(i), keeps)
		}
	case reflect.Map:
		copyMap(to, from, keeps)
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyInto(to.Elem(), from.Elem(), keeps)
		}
	default:
		to.Set(from)
	}
}

func copyMap(to, from reflect.Value, keeps func(Language) bool) {
	if from.IsNil() {
		return
	}
	all := reflect.MakeMapWithSize(from.Type(), from.Len())
	for each := from.MapRange(); each.Next(); {
		if lang, is := each.Key().Interface().(Language); is && !keeps(lang) {
			continue
		}
		value := reflect.New(from.Type().Elem()).Elem()
		copyInto(value, each.Value(), keeps)
		if value.Kind() != reflect.Map || value.Len() > 0 || each.Value().Len() == 0 {
			all.SetMapIndex(each.Key(), value)
		}
	}
	if all.Len() > 0 || from.Len() == 0 {
		to.Set(all)
	}
}
