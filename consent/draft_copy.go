package consent

import "reflect"

// Copy gives a draft that can be changed without changing the other. Going through
// JSON would take three times as long, and somebody waits for it.
func (d *Draft) Copy() *Draft {
	again := new(Draft)
	copyInto(reflect.ValueOf(again).Elem(), reflect.ValueOf(d).Elem())
	return again
}

// copyInto copies plain data: lists, maps and what pointers lead to are made anew.
func copyInto(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Struct:
		for i := range from.NumField() {
			copyInto(to.Field(i), from.Field(i))
		}
	case reflect.Slice:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			copyInto(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeMapWithSize(from.Type(), from.Len()))
		for each := from.MapRange(); each.Next(); {
			value := reflect.New(from.Type().Elem()).Elem()
			copyInto(value, each.Value())
			to.SetMapIndex(each.Key(), value)
		}
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyInto(to.Elem(), from.Elem())
		}
	default:
		to.Set(from)
	}
}
