package product

import "reflect"

// sources applies rule 15 to everything that has a src, wherever it stands.
func (l *linter) sources() { l.sourcesIn(reflect.ValueOf(*l.product), "product") }

func (l *linter) sourcesIn(v reflect.Value, where string) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			l.sourcesIn(v.Index(i), where)
		}
	case reflect.Struct:
		if v.IsZero() {
			return
		}
		for _, name := range []string{"ID", "Name", "Match"} {
			if id := v.FieldByName(name); id.IsValid() && id.String() != "" {
				where += " " + id.String()
				break
			}
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			if src, ok := v.Field(i).Interface().(Source); ok {
				l.source(where, src)
				continue
			}
			l.sourcesIn(v.Field(i), where+", "+field.Tag.Get("yaml"))
		}
	}
}

func (l *linter) source(where string, src Source) {
	if len(src) == 0 {
		l.add(ruleSources, where, "add src", "it names no source")
	}
	for _, id := range src {
		if _, ok := l.product.Doc(id); !ok && id != "inferred" && id != "unknown" {
			l.add(ruleSources, where, "add the page to docs, or write inferred or unknown", "its source %s is not among docs", id)
		}
	}
}
