package product

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestHeadsListWhatIsThere(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	c := Open(fstest.MapFS{
		"whole/product.yaml":    file("schema: 1\nid: whole\nname: \"A whole: one\"\ncategory: testing\nroutes: []\n"),
		"broken/product.yaml":   file("name: Broken # but named\nroutes: [\n"),
		"nameless/product.yaml": file("schema: 1\n"),
		"hostile/product.yaml":  file("name: [a\ncategory: b\n"),
		"empty/other.yaml":      file("name: Other\n"),
	})
	want := []Head{{"broken", "Broken", ""}, {"empty", "empty", ""}, {"hostile", "hostile", ""}, {"nameless", "nameless", ""}, {"whole", "A whole: one", "testing"}}
	if got := c.Heads(); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestHeadsSayWhatTheProductsSay(t *testing.T) {
	t.Parallel()
	c := Embedded()
	for _, head := range c.Heads() {
		p, err := c.Product(head.ID)
		if err != nil {
			t.Fatal(err)
		}
		if head != (Head{p.ID, p.Name, p.Category}) {
			t.Errorf("the list says %+v", head)
		}
	}
}
