// Command mailgrant connects a business product to mailboxes at Microsoft 365 or Gmail, proves that
// the connection works, and explains what is wrong when it does not.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], systemTerminal())) }
