package product

import (
	"reflect"
	"strconv"
)

// sources applies rule 15 to everything that has a src, wherever it stands.
func (l *linter) sources() {
	eachSource(reflect.ValueOf(*l.product), place{words: "product"}, func(at place, src Source) {
		if len(src) == 0 {
			l.add(ruleSources, at, "add src", "it names no source")
		}
		for _, id := range src {
			if _, ok := l.product.Doc(id); !ok && id != "inferred" && id != "unknown" {
				l.add(ruleSources, at, "add the page to docs, or write inferred or unknown", "its source %s is not among docs", id)
			}
		}
	})
}

// namedSources are the ids of the pages that a product's facts name.
func (p *Product) namedSources() map[string]bool {
	named := map[string]bool{}
	eachSource(reflect.ValueOf(*p), place{}, func(_ place, src Source) {
		for _, id := range src {
			named[id] = true
		}
	})
	return named
}

// eachSource visits the src of every fact that is there. What is not written in the data at all is
// passed over.
func eachSource(v reflect.Value, at place, visit func(at place, src Source)) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			eachSource(v.Index(i), at.under(strconv.Itoa(i)), visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachSource(v.Elem(), at, visit)
		}
	case reflect.Struct:
		if v.IsZero() {
			return
		}
		for _, name := range []string{"ID", "Name", "Match", "Label"} {
			if id := v.FieldByName(name); id.IsValid() && id.String() != "" {
				at.words += " " + id.String()
				break
			}
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			if src, ok := v.Field(i).Interface().(Source); ok {
				visit(at, src)
				continue
			}
			key := field.Tag.Get("yaml")
			inner := at.under(key)
			inner.words += ", " + key
			eachSource(v.Field(i), inner, visit)
		}
	}
}
