package product

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

func TestLoadSample(t *testing.T) {
	t.Parallel()
	p := loadSample(t)
	a, ok := p.Artefact("text")
	if !ok || !strings.HasPrefix(a.Template(), "# sample\n") || !a.secrets["CLIENT_SECRET"] || a.secrets["CLIENT_ID"] {
		t.Errorf("template or secrets not linked: %+v", a)
	}
	if r, ok := p.Route("app"); !ok || r.Flow != ClientCredentials || r.Directions[Outbound] != "single" {
		t.Errorf("route not read: %+v", r)
	}
	if _, ok := p.Route("none"); ok {
		t.Error("found a route that does not exist")
	}
}

func TestLoadNamesThePlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, with, want string
	}{
		"newer schema":           {"schema: 1", "schema: 2", "sample/product.yaml:1:9: schema has a value that is not allowed"},
		"unknown key of a route": {"    app_owner: customer", "    app_onwer: customer", `sample/product.yaml:38:5: an entry of routes has no key "app_onwer"`},
		"unknown flow":           {"flow: client_credentials", "flow: password", "sample/product.yaml:33:11: flow has a value that is not allowed"},
		"unknown direction":      {"directions: {outbound: single}", "directions: {outwards: single}", `sample/product.yaml:35:18: directions cannot have the key "outwards"`},
		"unknown need":           {"need: required, src: [guide]}\n    scopes", "need: wanted, src: [guide]}\n    scopes", "sample/product.yaml:49:96: need has a value that is not allowed"},
		"port as text":           {"port: 587", "port: smtp", "sample/product.yaml:57:79: port is a text, not a whole number"},
		"route without id":       {"  - id: app\n    title", "  - title", "sample/product.yaml:29:5: an entry of routes has no id"},
		"artefact without place": {"    place: Setup > Mail\n", "", "sample/product.yaml:15:5: an entry of artefacts has no place"},
		"id of another folder":   {"id: sample\n", "id: other\n", `sample/product.yaml: id "other" is not the name of its folder, "sample"`},
		"template of elsewhere":  {"template_file: text.properties", "template_file: ../text.properties", "sample/product.yaml: template_file of artefact text is not a file of this folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := sampleFiles(t)
			replaceIn(t, files, "sample/product.yaml", test.old, test.with)
			_, err := Load(files, "sample")
			var load *strictyaml.Error
			if !errors.As(err, &load) || load.Error() != test.want || load.Fix == "" {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestLoadReportsUnreadableFiles(t *testing.T) {
	t.Parallel()
	t.Run("no product.yaml", func(t *testing.T) {
		t.Parallel()
		if _, err := Load(fstest.MapFS{}, "sample"); !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "sample/product.yaml does not exist") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no template", func(t *testing.T) {
		t.Parallel()
		files := sampleFiles(t)
		delete(files, "sample/text.properties")
		if _, err := Load(files, "sample"); !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "sample/text.properties does not exist") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("template with a broken escape", func(t *testing.T) {
		t.Parallel()
		files := sampleFiles(t)
		replaceIn(t, files, "sample/text.properties", "mail.again=", `mail.again=\u12`)
		var load *strictyaml.Error
		if _, err := Load(files, "sample"); !errors.As(err, &load) || load.File != "sample/text.properties" || !strings.Contains(load.Message, "line 5") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("too large", func(t *testing.T) {
		t.Parallel()
		files := sampleFiles(t)
		files["sample/text.properties"] = &fstest.MapFile{Data: make([]byte, strictyaml.MaxSize+1)}
		var load *strictyaml.Error
		if _, err := Load(files, "sample"); !errors.As(err, &load) || !strings.Contains(load.Message, "larger than 1 MiB") {
			t.Errorf("got %v", err)
		}
	})
}

// A person's own product can stand at the top of the place that is read.
func TestLoadFromTheTopOfAPlace(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(sampleFiles(t), "sample")
	if err != nil {
		t.Fatal(err)
	}
	if p := mustLoad(t, sub, "."); p.ID != "sample" {
		t.Errorf("read %q", p.ID)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(folders, "agiloft"); err != nil {
			b.Fatal(err)
		}
	}
}
