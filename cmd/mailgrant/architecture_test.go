package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/mailgrant/mailgrant"

// listed is what the go tool tells about one package.
type listed struct {
	ImportPath string
	Dir        string
	Name       string
	GoFiles    []string
	Imports    []string
	Deps       []string
}

// ours are the packages of this module by their path within it, "cmd/mailgrant".
func ours(t *testing.T) map[string]listed {
	t.Helper()
	command := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Name,GoFiles,Imports,Deps", "./...")
	command.Dir = root(t)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	packages := map[string]listed{}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var one listed
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if path, is := strings.CutPrefix(one.ImportPath, module+"/"); is {
			packages[path] = one
		}
	}
	for _, path := range []string{"cmd/mailgrant", "tui", "steps", "providers", "keychain"} {
		if _, found := packages[path]; !found {
			t.Fatalf("go list does not know %s", path)
		}
	}
	return packages
}

func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// under reports whether a path is a package or one below it.
func under(path string, packages ...string) bool {
	return slices.ContainsFunc(packages, func(one string) bool { return path == one || strings.HasPrefix(path, one+"/") })
}

// within are the imports of a package that belong to this module.
func within(one listed) []string {
	var all []string
	for _, path := range one.Imports {
		if inner, is := strings.CutPrefix(path, module+"/"); is {
			all = append(all, inner)
		}
	}
	return all
}

func TestImportsPointDownward(t *testing.T) {
	t.Parallel()
	services := []string{"providers/microsoft", "providers/google", "providers/practice"}
	mayImport := []struct {
		from string
		to   []string // and nothing else of this module; packages under from may import each other
	}{
		{"cmd", []string{"tui", "steps", "providers", "keychain"}},
		{"tui", []string{"steps", "providers", "keychain"}},
		{"steps", []string{"providers", "keychain"}},
		{"providers", []string{"keychain"}},
		{"keychain", nil},
	}
	for path, one := range ours(t) {
		for _, rule := range mayImport {
			if !under(path, rule.from) {
				continue
			}
			for _, imported := range within(one) {
				if !under(imported, append(rule.to, rule.from)...) {
					t.Errorf("%s imports %s, which is not below it", path, imported)
				}
				if under(imported, services...) && !under(path, append(services, "cmd")...) {
					t.Errorf("%s names %s; only cmd may", path, imported)
				}
			}
		}
		if path == "providers" {
			if imported := within(one); !slices.Equal(imported, []string{"keychain"}) {
				t.Errorf("the vocabulary imports %v", imported)
			}
		}
	}
}

func TestNothingBelowTheFrontEndsKnowsATerminal(t *testing.T) {
	t.Parallel()
	for path, one := range ours(t) {
		if !under(path, "steps", "providers", "keychain") {
			continue
		}
		for _, dependency := range one.Deps {
			if strings.HasPrefix(dependency, "charm.land/") || strings.HasPrefix(dependency, "github.com/spf13/") || strings.HasPrefix(dependency, "github.com/charmbracelet/") || dependency == "golang.org/x/term" {
				t.Errorf("%s depends on %s", path, dependency)
			}
		}
		if slices.Contains(one.Imports, "flag") {
			t.Errorf("%s imports flag", path)
		}
		for _, file := range one.GoFiles {
			for _, use := range terminalUses(t, filepath.Join(one.Dir, file)) {
				t.Errorf("%s/%s uses %s", path, file, use)
			}
		}
	}
}

// terminalUses are the places where a file reads the command line or the environment, or prints.
func terminalUses(t *testing.T, file string) []string {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := map[string][]string{
		"os":  {"Args", "Getenv", "LookupEnv", "Environ", "ExpandEnv", "Stdin", "Stdout", "Stderr", "Exit"},
		"fmt": {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
		"log": {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln", "Default"},
	}
	var found []string
	ast.Inspect(tree, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && slices.Contains(forbidden[name.Name], selector.Sel.Name) {
			found = append(found, name.Name+"."+selector.Sel.Name+" in line "+set.Position(selector.Pos()).String())
		}
		return true
	})
	return found
}

func TestPackagesHaveNamesThatSaySomething(t *testing.T) {
	t.Parallel()
	for path, one := range ours(t) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc", "base", "shared", "lib", "types"}, one.Name) {
			t.Errorf("%s is called %s", path, one.Name)
		}
	}
}

func TestTopLevelIsAsItsOwnerFixedIt(t *testing.T) {
	t.Parallel()
	fixed := []string{"cmd", "tui", "steps", "providers", "keychain", "testdata", "go.mod", "go.sum", "README.md", "LICENSE"}
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") && !slices.Contains(fixed, entry.Name()) {
			t.Errorf("%s is a further entry of the top level", entry.Name())
		}
	}
}

func TestLibrariesAreTheOnesChosen(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for _, library := range []string{"bubbletea", "bubbles", "lipgloss"} {
		named := func(line string) bool {
			return strings.HasPrefix(strings.TrimSpace(line), "charm.land/"+library+"/v2 ") && strings.HasSuffix(line, "// github.com/charmbracelet/"+library)
		}
		if !slices.ContainsFunc(lines, named) {
			t.Errorf("go.mod does not name %s with where it comes from", library)
		}
	}
	command := exec.Command("go", "list", "-m", "-f", "{{.Version}}", "github.com/mattn/go-runewidth")
	command.Dir = root(t)
	version, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(version)); !atLeast(got, 28) {
		t.Errorf("go-runewidth %s measures some signs wrongly; v0.0.28 or newer is needed", got)
	}
}

// atLeast reports whether a version v0.0.N has at least this N, or is of a later line.
func atLeast(version string, patch int) bool {
	number, ok := strings.CutPrefix(version, "v0.0.")
	if !ok {
		return strings.HasPrefix(version, "v")
	}
	n := 0
	for _, c := range number {
		if c < '0' || c > '9' {
			break
		}
		n = 10*n + int(c-'0')
	}
	return n >= patch
}
