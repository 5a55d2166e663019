package practice

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// wellKnownFolders are the names by which Graph and EWS know the folders of every mailbox, in
// whatever language they are shown
// (https://learn.microsoft.com/graph/api/resources/mailfolder).
func wellKnownFolders() map[string]string {
	return map[string]string{
		"inbox": "INBOX", "drafts": "Drafts", "sentitems": sentItems,
		"deleteditems": "Deleted Items", "junkemail": "Junk Email", "archive": "Archive",
	}
}

// itemID is an opaque name of something in a mailbox, of the form that Exchange's have: long, and
// of no use elsewhere.
func itemID(parts ...any) string {
	sum := sha256.Sum256([]byte(fmt.Sprintln(parts...)))
	return "AAMk" + base64.URLEncoding.EncodeToString(append(sum[:], sum[:]...))[:84] + "AAA="
}

func itemIDShaped(text string) bool {
	return len(text) == len(itemID()) && strings.HasPrefix(text, "AAMk") && !strings.ContainsAny(text, " /'\"")
}

func (s shelf) id(address string) string { return itemID(strings.ToLower(address), s.validity) }

// title is the name that a folder is shown under: the last part of its path.
func (s shelf) title() string {
	if s.name == "INBOX" {
		return "Inbox"
	}
	return s.name[strings.LastIndexByte(s.name, '/')+1:]
}

// parent is the path of the folder that this one lies in; empty for the mailbox's root.
func (s shelf) parent() string { return s.name[:max(0, strings.LastIndexByte(s.name, '/'))] }

func rootID(address string) string { return itemID(strings.ToLower(address), "root") }

// findShelf finds a folder by its well-known name or its ID.
func findShelf(list []shelf, address, key string) (shelf, *graphRefusal) {
	name, wellKnown := wellKnownFolders()[strings.ToLower(key)]
	i := slices.IndexFunc(list, func(s shelf) bool { return wellKnown && s.name == name || s.id(address) == key })
	switch {
	case i >= 0:
		return list[i], nil
	case !wellKnown && !itemIDShaped(key):
		return shelf{}, &graphRefusal{status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed."}
	}
	return shelf{}, graphItemNotFound("The process failed to get the correct properties.")
}

// folderAnswer is a folder, or a page of those in the mailbox or in a folder.
func folderAnswer(reader *insider, call graphCall) (any, *graphRefusal) {
	shelves, err := reader.shelves()
	if err != nil {
		return nil, graphUnavailable()
	}
	within := ""
	if len(call.path) > 1 {
		found, refused := findShelf(shelves, call.user, call.path[1])
		if refused != nil {
			return nil, refused
		}
		if len(call.path) == 2 {
			return selected(found.graph(call.user, shelves), call, "users('"+call.user+"')/mailFolders/$entity"), nil
		}
		within = found.name
	}
	query, refused := parseGraphQuery(call)
	if refused != nil {
		return nil, refused
	}
	entries := []map[string]any{}
	for _, folder := range shelves {
		if folder.parent() == within {
			entries = append(entries, folder.graph(call.user, shelves))
		}
	}
	return query.page(entries, call, "users('"+call.user+"')/mailFolders"), nil
}

// graph is the mailFolder (https://learn.microsoft.com/graph/api/resources/mailfolder).
func (s shelf) graph(address string, all []shelf) map[string]any {
	children, parent := 0, rootID(address)
	for _, other := range all {
		if other.parent() == s.name {
			children++
		}
		if other.name == s.parent() {
			parent = other.id(address)
		}
	}
	return map[string]any{
		"id": s.id(address), "displayName": s.title(), "parentFolderId": parent, "childFolderCount": children,
		"unreadItemCount": s.unread, "totalItemCount": s.messages, "isHidden": false,
	}
}
