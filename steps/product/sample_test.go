package product

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// sampleFiles is the small product of testdata, to be broken in one place by a test.
func sampleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"sample/product.yaml", "sample/text.properties"} {
		data, err := os.ReadFile("testdata/products/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func loadSample(t testing.TB) *Product {
	t.Helper()
	return mustLoad(t, sampleFiles(t), "sample")
}

// loadAgiloft reads a copy of its own, which a test may change.
func loadAgiloft(t testing.TB) *Product {
	t.Helper()
	return mustLoad(t, folders, "agiloft")
}

func mustLoad(t testing.TB, fsys fs.FS, dir string) *Product {
	t.Helper()
	p, err := Load(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// replaceIn changes one place of a file and fails when the place is not there exactly once.
func replaceIn(t testing.TB, files fstest.MapFS, name, old, with string) {
	t.Helper()
	text := string(files[name].Data)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q occurs %d times in %s", old, strings.Count(text, old), name)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}
