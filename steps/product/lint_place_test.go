package product

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestLintFolderNamesThePlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ old, with, want string }{
		"entry of a list in a route":  {"name: SMTP.SendAsApp", "name: SMTP.SendAsAp", "sample/product.yaml:49:9: rule 3: route app, permission SMTP.SendAsAp: resource exo has no application permission of this name"},
		"key of a route":              {"redirect: {kind: none,", "redirect: {kind: template,", `sample/product.yaml:47:15: rule 5: route app: redirect is "template" but platform is "none"`},
		"value":                       {"not_kind: guid, required_in", "not_kind: guid, default: x, required_in", "sample/product.yaml:11:5: rule 10: value client_secret: a secret has a default or an example"},
		"src that is missing":         {"security: starttls, src: [guide]", "security: starttls", "sample/product.yaml:57:9: rule 15: product sample, routes app, servers: it names no source"},
		"own warning beside a pack's": {`from: "2027-01-01"`, `from: "January"`, `sample/product.yaml:73:22: rule 16: warning soon: "January" is not a date`},
		"facts that are old":          {`checked: "2026-11-21"`, `checked: "2026-01-01"`, "sample/product.yaml:6:10: rule 14: product sample: its facts were last compared with their sources 324 days ago"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := sampleFiles(t)
			replaceIn(t, files, "sample/product.yaml", test.old, test.with)
			findings, err := LintFolder(files, "sample", day(t, "2026-11-21"))
			if err != nil || len(findings) == 0 || findings[0].String() != test.want {
				t.Errorf("got  %v, %v\nwant %s", findings, err, test.want)
			}
		})
	}
}

func TestLintFolderCannotReadIt(t *testing.T) {
	t.Parallel()
	if _, err := LintFolder(fstest.MapFS{}, ".", day(t, "2026-11-21")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if findings, err := LintFolder(sampleFiles(t), "sample", day(t, "2026-11-21")); err != nil || len(findings) > 0 {
		t.Errorf("the sample: %v, %v", findings, err)
	}
}
