;;; agentls.el --- The language server for AI agent definition files  -*- lexical-binding: t; -*-

;; For Eglot (part of Emacs 29 and newer) and for lsp-mode: whichever is installed.
;; Load this file from your init file, then `M-x eglot' or `M-x lsp' in a Markdown buffer.
;; Emacs itself has no Markdown mode; markdown-mode comes from NonGNU ELPA.
;; The server reports nothing in Markdown that defines no agent.

;;; Code:

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode) . ("agentls" "--stdio"))))

(with-eval-after-load 'lsp-mode
  (dolist (mode '(markdown-mode gfm-mode))
    (add-to-list 'lsp-language-id-configuration (cons mode "markdown")))
  ;; An add-on works beside whatever other server you use for Markdown.
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("agentls" "--stdio"))
                    :activation-fn (lsp-activate-on "markdown")
                    :add-on? t
                    :server-id 'agentls)))

(provide 'agentls)
;;; agentls.el ends here
