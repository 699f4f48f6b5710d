/** Words of people's tasks in some languages, the commonest first; those after them are made up. */
export const WORDS = (
  'call buy book the mail for milk pay kaufen anrufen und rent send plan acheter pour review fix les clean rechnung ' +
  'write report meeting comprar para termin ask order bread appeler rdv prepare slides termín zavolat kupić zapłacić ' +
  'garden car kids schule school école dentist zahnarzt dentiste passport reisepass pasaporte renew verlängern insurance ' +
  'versicherung assurance holiday urlaub vacances tickets flight hotel train zug café coffee tea grün vert verde paint ' +
  'kitchen küche cuisine bathroom garage bike fahrrad vélo repair réparer reparar müll steuer impôts taxes invoice ' +
  'client customer kunde proposal angebot devis contract vertrag contrat deploy release bug test backup update server ' +
  'database query birthday geburtstag anniversaire gift geschenk cadeau party mamá papá oma grand-père naïve résumé ' +
  'Straße größe señor mañana łódź święta çay διάβασε αγορά купить позвонить хлеб молоко 牛乳 買う 電話 会議 لبن خبز שוק'
).split(' ')
