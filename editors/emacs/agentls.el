;;; agentls.el --- The language server for AI agent definition files, in Eglot  -*- lexical-binding: t; -*-

;; Load this file, or copy what is below, into your init file.
;; Eglot is part of Emacs 29 and newer; markdown-mode comes from NonGNU ELPA.
;; `M-x eglot' in a Markdown buffer starts the server; it is silent about files that define no agent.

;;; Code:

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode) . ("agentls" "--stdio"))))

(provide 'agentls)
;;; agentls.el ends here
