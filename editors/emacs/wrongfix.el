;;; wrongfix.el --- Check AI decision records with eglot  -*- lexical-binding: t -*-
;; Emacs 29 and newer bring eglot along; on 28 install it with M-x package-install.

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode yaml-mode yaml-ts-mode) . ("wrongfix" "server"))))

(dolist (hook '(markdown-mode-hook gfm-mode-hook yaml-mode-hook yaml-ts-mode-hook))
  (add-hook hook #'eglot-ensure))

(provide 'wrongfix)
;;; wrongfix.el ends here
