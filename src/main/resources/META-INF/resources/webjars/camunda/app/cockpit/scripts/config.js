// Takes the place of the file of the same name in Cockpit's own jar.
export default {
  app: {name: 'Cockpit', vendor: '路标 Waymark'},
  customScripts: ['scripts/waymark.js'],
  disableWelcomeMessage: true
};
