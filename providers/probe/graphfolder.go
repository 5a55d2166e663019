package probe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// wellKnown are the names that Graph gives to the folders that every mailbox has, whatever they are
// called in its language (https://learn.microsoft.com/graph/api/resources/mailfolder).
var wellKnown = []string{
	"archive", "clutter", "conflicts", "conversationhistory", "deleteditems", "drafts", "inbox", "junkemail", "localfailures",
	"msgfolderroot", "outbox", "recoverableitemsdeletions", "scheduled", "searchfolders", "sentitems", "serverfailures", "syncissues",
}

// shortestID is less than the length of any folder's ID, in bytes; real ones have 120 and more.
const shortestID = 60

// folder reads one folder, which marks nothing. People name folders as their mail program shows
// them, "Approvals" or "Inbox/Approvals"; Graph knows them by a well-known name or an ID, so any
// other name is looked up first.
func (g *graphTalk) folder(name string) (graphFolder, error) {
	at, parts := g.base+"/mailFolders", strings.Split(name, "/")
	for i, part := range parts {
		id, last := folderID(part), i == len(parts)-1
		switch {
		case id != "" && last:
			return g.read(at + "/" + url.PathEscape(id))
		case id != "":
		default:
			found, err := g.named(at, part)
			if err == nil && found.id == "" && len(parts) == 1 {
				found, err = g.named(at+"/inbox/childFolders", part)
			}
			if err != nil {
				return graphFolder{}, err
			}
			if found.id == "" {
				return graphFolder{}, g.missing(name)
			}
			if last {
				return found, nil
			}
			id = found.id
		}
		at = g.base + "/mailFolders/" + url.PathEscape(id) + "/childFolders"
	}
	return graphFolder{}, g.missing(name)
}

// folderID is the name under which Graph itself knows a folder; empty where it has to be looked up.
func folderID(name string) string {
	lower := strings.ToLower(name)
	switch {
	case name == "":
		return "inbox"
	case slices.Contains(wellKnown, lower):
		return lower
	case len(name) >= shortestID && !strings.ContainsAny(name, " \t"):
		return name
	}
	return ""
}

// read reads the folder at an address.
func (g *graphTalk) read(address string) (graphFolder, error) {
	answer, err := g.look(address + "?$select=displayName,totalItemCount")
	if err != nil {
		return graphFolder{}, err
	}
	read, ok := readGraphFolder(answer.body)
	if !ok {
		return graphFolder{}, g.wire.rubbish(providers.StageDialogue, "the answer is not Microsoft Graph's", string(answer.body))
	}
	read.name = g.keep(read.name)
	return read, nil
}

// named looks a folder up by its name among those at an address; its ID is empty where there is none.
func (g *graphTalk) named(address, name string) (graphFolder, error) {
	filter := "displayName eq '" + strings.ReplaceAll(name, "'", "''") + "'"
	// A plus sign would be read as one by those who follow RFC 3986 alone.
	query := "?$filter=" + strings.ReplaceAll(url.QueryEscape(filter), "+", "%20") + "&$select=id,displayName,totalItemCount"
	answer, err := g.look(address + query)
	if err != nil {
		return graphFolder{}, err
	}
	var page struct {
		Value *[]json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(answer.body, &page); err != nil || page.Value == nil {
		return graphFolder{}, g.wire.rubbish(providers.StageDialogue, "the answer is not Microsoft Graph's", string(answer.body))
	}
	for _, entry := range *page.Value {
		var identified struct {
			ID string `json:"id"`
		}
		read, ok := readGraphFolder(entry)
		if json.Unmarshal(entry, &identified) == nil && ok && identified.ID != "" {
			read.name, read.id = g.keep(read.name), identified.ID
			return read, nil
		}
	}
	return graphFolder{}, nil
}

func (g *graphTalk) look(address string) (webAnswer, error) {
	if err := g.ready(g.ctx); err != nil {
		return webAnswer{}, err
	}
	answer, err := g.ask(http.MethodGet, address, http.Header{"Accept": {"application/json"}}, "")
	if err != nil {
		return webAnswer{}, err
	}
	if answer.status != http.StatusOK {
		return webAnswer{}, g.refused("mailFolders", answer)
	}
	return answer, nil
}

// missing is what Graph says of an ID that no folder has, for a name that none has.
func (g *graphTalk) missing(name string) error {
	return &providers.HTTPRefusal{
		Protocol: "graph", Command: "mailFolders", Status: http.StatusNotFound, Code: "ErrorItemNotFound",
		Message: fmt.Sprintf("no folder of this mailbox is called %q", g.keep(name)),
	}
}
