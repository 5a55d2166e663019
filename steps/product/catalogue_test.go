package product

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// countingFS notes which files are opened.
type countingFS struct {
	fs.FS
	mu     sync.Mutex
	opened []string
}

func (c *countingFS) Open(name string) (fs.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opened = append(c.opened, name)
	return c.FS.Open(name)
}

func (c *countingFS) files() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(slices.DeleteFunc(slices.Clone(c.opened), func(name string) bool { return name == "." }))
}

func TestCatalogueParsesNothingBeforeItIsAsked(t *testing.T) {
	t.Parallel()
	counting := &countingFS{FS: sampleFiles(t)}
	c := Open(counting)
	if got := c.IDs(); !slices.Equal(got, []string{"sample"}) {
		t.Fatalf("ids %v", got)
	}
	if counting.files() != 0 {
		t.Fatalf("listing opened %v", counting.opened)
	}
	var group sync.WaitGroup
	got := make([]*Product, 8)
	for i := range got {
		group.Go(func() { got[i], _ = c.Product("sample") })
	}
	group.Wait()
	opened := counting.files()
	for _, p := range got {
		if p == nil || p != got[0] {
			t.Fatal("concurrent callers got different products")
		}
	}
	if _, err := c.Product("SAMPLE"); err != nil || counting.files() != opened {
		t.Errorf("asked again: %v, opened %v", err, counting.opened)
	}
}

func TestCatalogueNames(t *testing.T) {
	t.Parallel()
	c := Embedded(sampleFiles(t))
	for name, want := range map[string]string{
		"agiloft": "agiloft", "Agiloft": "agiloft", " AGILOFT ": "agiloft", "Agiloft CLM": "agiloft", "sample": "sample", "sample CRM": "sample",
	} {
		if p, err := c.Product(name); err != nil || p.ID != want {
			t.Errorf("%q: got %v, %v", name, p, err)
		}
	}
}

func TestCatalogueUnknownProduct(t *testing.T) {
	t.Parallel()
	c := Open(sampleFiles(t), folders)
	all := strings.Join(c.IDs(), ", ")
	for name, want := range map[string]string{
		"agilfot": `product "agilfot" is not in the catalogue: did you mean agiloft?`,
		"agi":     `product "agi" is not in the catalogue: did you mean agiloft or agiloft clm or agiloft-clm?`,
		"samlpe":  `product "samlpe" is not in the catalogue: did you mean sample?`,
		"jira":    `product "jira" is not in the catalogue: it has ` + all,
		"":        `product "" is not in the catalogue: it has ` + all,
		"../x":    `product "../x" is not in the catalogue: it has ` + all,
	} {
		_, err := c.Product(name)
		var unknown *UnknownProduct
		if !errors.As(err, &unknown) || err.Error() != want {
			t.Errorf("%q: got  %v\nwant %s", name, err, want)
		}
	}
	if _, err := Open().Product("x"); err == nil || err.Error() != `product "x" is not in the catalogue` {
		t.Errorf("empty catalogue: %v", err)
	}
}

func TestCatalogueOwnProductTakesThePlace(t *testing.T) {
	t.Parallel()
	files := sampleFiles(t)
	files["agiloft/product.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["sample/product.yaml"].Data), "id: sample", "id: agiloft", 1))}
	files["agiloft/text.properties"] = files["sample/text.properties"]
	p, err := Embedded(files).Product("agiloft")
	if err != nil || p.Name != "Sample" {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestCatalogueBrokenOwnProductDoesNotHideOthers(t *testing.T) {
	t.Parallel()
	c := Embedded(fstest.MapFS{"broken/product.yaml": {Data: []byte("schema: x")}, "file.txt": {}, ".git/x": {}})
	if got := c.IDs(); !slices.Contains(got, "agiloft") || !slices.Contains(got, "broken") || slices.Contains(got, "file.txt") || slices.Contains(got, ".git") {
		t.Errorf("ids %v", got)
	}
	if _, err := c.Product("agiloft-clm"); err != nil {
		t.Error(err)
	}
	_, err := c.Product("brokne")
	var load *strictyaml.Error
	if !errors.As(err, &load) || !strings.Contains(err.Error(), "did you mean broken?; broken/product.yaml:1:9") {
		t.Errorf("got %v", err)
	}
}

func TestEveryFolderIsEmbedded(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, entry := range entries {
		if _, err := os.Stat(entry.Name() + "/" + productFile); err == nil {
			want = append(want, entry.Name())
		}
	}
	if got := Embedded().IDs(); !slices.Equal(got, want) {
		t.Errorf("embedded %v, folders %v", got, want)
	}
}
