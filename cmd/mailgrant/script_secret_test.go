package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

// accessToken is what a JWT looks like.
var accessToken = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{20,}`)

// scriptMode compares permissions: mode 600 FILE...
func scriptMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mode OCTAL FILE...")
	}
	for _, file := range args[1:] {
		info, err := os.Stat(ts.MkAbs(file))
		ts.Check(err)
		if got := strconv.FormatInt(int64(info.Mode().Perm()), 8); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", file, got, args[0])
		}
	}
}

// scriptSecretless searches everything the program printed and every file under home, besides
// the encrypted one, for the client secret and for access tokens. Further files can be named.
func scriptSecretless(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: secretless [FILE...]")
	}
	world := worldOf(ts)
	texts := map[string][]byte{"output": []byte(world.said.String())}
	files := args
	ts.Check(filepath.WalkDir(ts.MkAbs("home"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && entry.Name() != "secrets.age" {
			files = append(files, path)
		}
		return err
	}))
	for _, file := range files {
		texts[file] = []byte(ts.ReadFile(file))
	}
	secret := strings.TrimSpace(ts.ReadFile("secret"))
	for name, text := range texts {
		if bytes.Contains(text, []byte(secret)) {
			ts.Fatalf("the client secret stands in %s", name)
		}
		if token := accessToken.Find(text); token != nil {
			ts.Fatalf("an access token stands in %s: %.12s…", name, token)
		}
	}
}

// scriptKeep puts a secret into the encrypted file in place of a connection's: keep NAME SECRET.
func scriptKeep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME SECRET")
	}
	home := ts.MkAbs("home")
	connection, err := steps.Folder{Root: home}.Connection(args[0])
	ts.Check(err)
	store := keychain.NewFile(filepath.Join(home, "secrets.age"), func(context.Context) (keychain.Secret, error) {
		return keychain.NewSecret(ts.Getenv("MAILGRANT_PASSPHRASE")), nil
	})
	ts.Check(store.Set(context.Background(), keychain.ClientSecret(connection.ID), keychain.NewSecret(args[1])))
}
