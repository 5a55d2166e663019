package strictyaml

import (
	"reflect"
	"strings"
)

// known is one field that a struct has in YAML.
type known struct {
	reflect.StructField
	key string
}

// fields are a struct's fields in order, those of inlined structs among them.
type fields []known

func fieldsOf(t reflect.Type) fields {
	var all fields
	for _, f := range reflect.VisibleFields(t) {
		key, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key != "" && inlined(t, f.Index) && options != "inline" {
			all = append(all, known{f, key})
		}
	}
	return all
}

// inlined reports whether the structs on the way to a field are all inlined.
func inlined(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		if _, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); options != "inline" {
			return false
		}
		t = t.Field(i).Type
	}
	return true
}

func (f fields) named(key string) (known, bool) {
	for _, one := range f {
		if one.key == key {
			return one, true
		}
	}
	return known{}, false
}

func (f fields) names() []string {
	var names []string
	for _, one := range f {
		names = append(names, one.key)
	}
	return names
}

// short is the field that a plain text stands for, or nil.
func (f fields) short() []int {
	for _, one := range f {
		if one.Tag.Get("short") != "" {
			return one.Index
		}
	}
	return nil
}
