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
		"unknown flow":           {"flow: client_credentials", "flow: implicit", "sample/product.yaml:33:11: flow has a value that is not allowed"},
		"unknown direction":      {"directions: {outbound: single}", "directions: {outwards: single}", `sample/product.yaml:35:18: directions cannot have the key "outwards"`},
		"unknown need":           {"need: required, src: [guide]}\n    scopes", "need: wanted, src: [guide]}\n    scopes", "sample/product.yaml:49:96: need has a value that is not allowed"},
		"port as text":           {"port: 587", "port: smtp", "sample/product.yaml:57:79: port is a text, not a whole number"},
		"route without id":       {"  - id: app\n    title", "  - title", "sample/product.yaml:29:5: an entry of routes has no id"},
		"artefact without place": {"    place: Setup > Mail\n", "", "sample/product.yaml:15:5: an entry of artefacts has no place"},
		"id of another folder":   {"id: sample\n", "id: other\n", `sample/product.yaml: id "other" is not the name of its folder, "sample"`},
		"template of elsewhere":  {"template_file: text.properties", "template_file: ../text.properties", "sample/product.yaml:15:5: template_file of artefact text is not a file of this folder"},
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

// What an artefact of each kind must have, and must not.
func TestLoadArtefactByKind(t *testing.T) {
	t.Parallel()
	const start = "schema: 1\nid: own\nname: Own\nchecked: \"2026-11-21\"\nroutes: []\nvalues:\n  - {id: client_secret, label: Secret, kind: secret, secret: true}\n  - {id: remark, label: Remark, kind: text, optional: true}\nartefacts:\n"
	for name, test := range map[string]struct{ artefact, want string }{
		"fields":                   {"{id: a, title: A, kind: fields, place: P, fields: [{label: L, value: '{{client_secret}}'}, {label: R, value: '{{remark}}'}]}", ""},
		"fields without fields":    {"{id: a, title: A, kind: fields, place: P}", "own/product.yaml:10:5: artefact a has no fields"},
		"fields with a template":   {"{id: a, title: A, kind: fields, place: P, template_file: a.txt, fields: [{label: L, value: v}]}", "own/product.yaml:10:5: artefact a is a list of fields but describes a template"},
		"fields with placeholders": {"{id: a, title: A, kind: fields, place: P, placeholders: {X: remark}, fields: [{label: L, value: v}]}", "own/product.yaml:10:5: artefact a is a list of fields but describes a template"},
		"text":                     {"{id: a, title: A, kind: text, place: P, template_file: a.txt, extension: txt, escape: none}", ""},
		"text with fields":         {"{id: a, title: A, kind: text, place: P, template_file: a.txt, extension: txt, escape: none, fields: [{label: L, value: v}]}", "own/product.yaml:10:5: artefact a is a text but lists fields"},
		"text without extension":   {"{id: a, title: A, kind: text, place: P, template_file: a.txt, escape: none}", "own/product.yaml:10:5: artefact a does not say how its text is written"},
		"text without escape":      {"{id: a, title: A, kind: text, place: P, template_file: a.txt, extension: txt}", "own/product.yaml:10:5: artefact a does not say how its text is written"},
		"text without template":    {"{id: a, title: A, kind: text, place: P, extension: txt, escape: none}", "own/product.yaml:10:5: template_file of artefact a is not a file of this folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := fstest.MapFS{"own/product.yaml": {Data: []byte(start + "  - " + test.artefact + "\n")}, "own/a.txt": {Data: []byte("text\n")}}
			p, err := Load(files, "own")
			if test.want != "" {
				var load *strictyaml.Error
				if !errors.As(err, &load) || load.Error() != test.want || load.Fix == "" {
					t.Errorf("got  %v\nwant %s", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			a := p.Artefacts[0]
			if a.Extension != "txt" || a.secrets["client_secret"] != (a.Kind == "fields") || a.optional["remark"] != (a.Kind == "fields") || a.optional["client_secret"] {
				t.Errorf("read as %+v", a)
			}
		})
	}
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

func TestValueFor(t *testing.T) {
	t.Parallel()
	p := &Product{Values: []Value{{ID: "client_id", Kind: "guid", RequiredIn: []string{"ms"}}, {ID: "client_id", Kind: "text", RequiredIn: []string{"google"}}}}
	for route, want := range map[string]string{"ms": "guid", "google": "text"} {
		if v, ok := p.ValueFor(route, "client_id"); !ok || v.Kind != want {
			t.Errorf("%s asks for %+v", route, v)
		}
	}
	if _, ok := p.ValueFor("other", "client_id"); ok {
		t.Error("found for a route that does not ask for it")
	}
}
