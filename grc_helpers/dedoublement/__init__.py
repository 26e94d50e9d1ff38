"""Des noyaux prêts à dessiner : un processus, la souche, importe une fois ce qui pèse, et chaque noyau en est un dédoublement (``fork``).

Là où le système ne le permet pas, et chaque fois que la souche manque ou se tait, le noyau est ordinaire : rien n'en dépend que la durée.
"""
