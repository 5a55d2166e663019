package product

import (
	"io/fs"
	"iter"
	"path"
	"slices"
	"strconv"
	"time"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// place is where something is wrong: in words, and as the keys and list indices that lead there in
// product.yaml.
type place struct {
	words string
	path  []string
}

// top is an entry of one of the product's own lists.
func top(words, key string, i int) place { return place{words: words}.under(key, strconv.Itoa(i)) }

// under is the same in words, further into the file.
func (p place) under(path ...string) place {
	return place{words: p.words, path: append(slices.Clip(p.path), path...)}
}

// entry is an entry of a list at this place.
func (p place) entry(words, key string, i int) place {
	return p.part(words, key, strconv.Itoa(i))
}

// part is a part of this place.
func (p place) part(words string, path ...string) place {
	inner := p.under(path...)
	inner.words += ", " + words
	return inner
}

// routes are the product's routes with their places.
func (l *linter) routes() iter.Seq2[place, *Route] {
	return func(yield func(place, *Route) bool) {
		for i := range l.product.Routes {
			r := &l.product.Routes[i]
			if !yield(top("route "+r.ID, "routes", i), r) {
				return
			}
		}
	}
}

// LintFolder loads a product from its folder and applies every rule, those that depend on the day
// of now among them. The findings name file, line and column. The errors are those of Load: a file
// that cannot be read as a product has no findings.
func LintFolder(fsys fs.FS, dir string, now time.Time) ([]Finding, error) {
	p, err := Load(fsys, dir)
	if err != nil {
		return nil, err
	}
	file := path.Join(dir, productFile)
	data, err := read(fsys, file)
	if err != nil {
		return nil, err
	}
	findings := append(Lint(p), Notices(p, now)...)
	for i := range findings {
		findings[i].File = file
		findings[i].Line, findings[i].Column = strictyaml.At(data, findings[i].path...)
	}
	return findings, nil
}
