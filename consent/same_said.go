package consent

import (
	"maps"
	"reflect"
)

// notesAt says where the notes stand that are never published.
var notesAt = map[reflect.Type]int{
	reflect.TypeFor[Service](): fieldAt[Service]("Notes"),
	reflect.TypeFor[Cookie]():  fieldAt[Cookie]("Notes"),
}

func fieldAt[T any](name string) int {
	field, _ := reflect.TypeFor[T]().FieldByName(name)
	return field.Index[0]
}

// Says tells whether the Notice publishes what a Draft says, settled by Revise. Order
// counts, as it does for visitors.
func (n *Notice) Says(settled *Draft) bool {
	return sameSaid(reflect.ValueOf(n.Draft.saidIn(n.Draft.Site.Languages)).Elem(), reflect.ValueOf(settled).Elem())
}

// sameSaid compares what two values of plain data publish: all but notes. An empty list
// says what none does. Made for long drafts, for which reflect.DeepEqual takes long.
func sameSaid(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		notes, has := notesAt[a.Type()]
		for i := range a.NumField() {
			if (!has || i != notes) && !sameSaid(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameSaid(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		return sameMap(a, b)
	case reflect.Pointer:
		return a.IsNil() == b.IsNil() && (a.IsNil() || sameSaid(a.Elem(), b.Elem()))
	default:
		return a.Equal(b)
	}
}

func sameMap(a, b reflect.Value) bool {
	if one, is := a.Interface().(Text); is { // which nearly all are
		other, _ := b.Interface().(Text)
		return maps.Equal(one, other)
	}
	if a.Len() != b.Len() {
		return false
	}
	for each := a.MapRange(); each.Next(); {
		if other := b.MapIndex(each.Key()); !other.IsValid() || !sameSaid(each.Value(), other) {
			return false
		}
	}
	return true
}
