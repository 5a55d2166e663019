package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
)

// TestScripts runs the program as a person or a script would, one behaviour for each file.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "scripts"),
		Setup:               prepareScript,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      scriptExits,
			"signin":     scriptSignIn,
			"practice":   scriptPractice,
			"papers":     scriptPapers,
			"control":    scriptControl,
			"json":       scriptJSON,
			"mode":       scriptMode,
			"secretless": scriptSecretless,
			"keep":       scriptKeep,
			"hostile":    scriptHostile,
		},
	})
}

// world is what the commands of one script share.
type world struct {
	tenant *tenant
	env    *testscript.Env
	said   ink // everything that the program has printed
}

type worldKey struct{}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

// prepareScript gives each script a home of its own, and no keychain: the environment that names
// one is not passed on.
func prepareScript(env *testscript.Env) error {
	env.Values[worldKey{}] = &world{env: env}
	examples, err := filepath.Abs(filepath.Join("..", "..", "testdata", "products"))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"HOME":                 env.WorkDir,
		"MAILGRANT_HOME":       filepath.Join(env.WorkDir, "home"),
		"MAILGRANT_PASSPHRASE": "a passphrase for tests",
		"EXAMPLES":             examples,
	} {
		env.Setenv(name, value)
	}
	return nil
}

// scriptExits runs a program and compares its exit code: exits 2 mailgrant check nobody.
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	fmt.Fprint(&worldOf(ts).said, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	compareCode(ts, err, args)
}

func compareCode(ts *testscript.TestScript, err error, args []string) {
	code := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%s did not run: %v", args[1], err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s ended with %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// scriptSignIn runs a program that asks for sign-ins and enters each code on the tenant's page,
// as the account that it names or as another: signin 0 approve mailgrant setup --wait 1m ... With
// --secret-stdin it reads the file secret.
func scriptSignIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: signin CODE approve|decline|ADDRESS PROGRAM [ARGUMENT...]")
	}
	world, action, account := worldOf(ts), args[1], ""
	if action != "approve" && action != "decline" {
		action, account = "approve", args[1]
	}
	if strings.Contains(strings.Join(args, " "), "google") {
		fixedPort.Lock()
		defer fixedPort.Unlock()
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	path, err := exec.LookPath(args[2])
	ts.Check(err)
	program := exec.CommandContext(ctx, path, args[3:]...)
	program.Dir, program.Env = ts.MkAbs("."), world.env.Vars
	for _, name := range []string{"MAILGRANT_STORE", "MAILGRANT_PASSPHRASE"} { // a script may have changed them
		program.Env = append(program.Env, name+"="+ts.Getenv(name))
	}
	if slices.Contains(args, "--secret-stdin") {
		program.Stdin = strings.NewReader(ts.ReadFile("secret"))
	}
	program.Stdout = io.MultiWriter(ts.Stdout(), &world.said)
	talk, err := program.StderrPipe()
	ts.Check(err)
	ts.Check(program.Start())
	for lines := bufio.NewScanner(talk); lines.Scan(); {
		fmt.Fprintln(io.MultiWriter(ts.Stderr(), &world.said), lines.Text())
		var code signInJSON
		if json.Unmarshal(lines.Bytes(), &code) != nil || code.Schema != "mailgrant.signin/1" {
			continue
		}
		who := account
		if who == "" {
			who = code.Mailbox
		}
		if code.UserCode == "" { // a page to sign in at
			go func() {
				// What went wrong in the browser is told by the program's end.
				_, _, _ = world.tenant.post(code.VerificationURI, url.Values{"account": {who}, "action": {action}})
			}()
		} else if _, _, err := world.tenant.enter(code.UserCode, who, action); err != nil {
			ts.Fatalf("the page did not take the code: %v", err)
		}
	}
	compareCode(ts, program.Wait(), append([]string{args[0]}, args[2:]...))
}

// scriptPractice starts a tenant and writes what a consultant is handed: tenant.json, cc.yaml,
// device.yaml and the file secret.
func scriptPractice(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: practice [SCENARIO]")
	}
	world, folder := worldOf(ts), ts.MkAbs("tenant")
	ts.Check(os.MkdirAll(folder, 0o700))
	var err error
	world.tenant, err = openTenant(folder, strings.Join(args, ""))
	ts.Check(err)
	ts.Defer(func() {
		world.tenant.browser.CloseIdleConnections()
		_ = world.tenant.Close()
	})
	described := world.tenant.Describe()
	text, err := json.Marshal(described)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("tenant.json"), text, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("secret"), []byte(described.ClientSecret+"\n"), 0o600))
	for _, route := range []string{practice.RouteAppOnly, practice.RouteDevice} {
		_, err := world.tenant.answersFile(ts.MkAbs("."), route, nil)
		ts.Check(err)
	}
}

// scriptPapers writes what a consultant would answer for a product's route, as PRODUCT-ROUTE.yaml,
// and the secret of the route's provider: papers extraview google-mail-code
func scriptPapers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: papers PRODUCT ROUTE")
	}
	tenant := worldOf(ts).tenant
	written := papers{tenant.Tenant, catalogue(ts.MkAbs("home"))}
	known, route, err := written.find(args[0], args[1])
	ts.Check(err)
	text, err := yaml.Marshal(practiceAnswers(written.answers(known, route)))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+"-"+args[1]+".yaml"), text, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("secret"), []byte(written.of(route.Provider).ClientSecret+"\n"), 0o600))
}

// scriptControl plants, mends and moves the tenant's clock: control repair secret-expired.
func scriptControl(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: control plant|repair|advance VALUE")
	}
	ts.Check(worldOf(ts).tenant.control(args[0], args[1]))
}

// scriptHostile replaces the mail servers of cc.yaml with one that greets with control characters.
func scriptHostile(ts *testscript.TestScript, neg bool, _ []string) {
	if neg {
		ts.Fatalf("usage: hostile")
	}
	address, stop, err := shouter("220 \x1b]0;owned\x07\x1b[2J\x9b31m welcome\r\n")
	ts.Check(err)
	ts.Defer(stop)
	_, err = worldOf(ts).tenant.answersFile(ts.MkAbs("."), practice.RouteAppOnly, func(answers *steps.Answers) {
		answers.Endpoints.SMTP, answers.Endpoints.IMAP = "smtp://"+address, "imap://"+address
	})
	ts.Check(err)
}
