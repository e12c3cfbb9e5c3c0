; Installer for Windows, by Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\crfapp.iss
; NOT RUN YET; docs/packaging.md says what is open. build.ps1 calls it.
#ifndef Version
  #error Say the version: iscc /DVersion=...
#endif

[Setup]
AppId={{5B0C4C8E-7B0D-4E0B-9B67-6F3C2E0D71A4}
AppName=crfapp
AppVersion={#Version}
AppPublisher=crfapp
DefaultDirName={autopf}\crfapp
DefaultGroupName=crfapp
DisableProgramGroupPage=yes
; a clinic's machine is looked after by somebody; one person may install it for themselves
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Qt 6.11 needs it
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=crfapp-{#Version}-windows-x86_64-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; no record of a site lies below {app}: removing the program removes none
UninstallDisplayIcon={app}\crfapp.exe
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[InstallDelete]
; a library of the former version must not be found beside those of the new one
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\crfapp\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\crfapp"; Filename: "{app}\crfapp.exe"; WorkingDir: "{userdocs}"
Name: "{autodesktop}\crfapp"; Filename: "{app}\crfapp.exe"; WorkingDir: "{userdocs}"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[Run]
; what was unpacked is compared with the list of files at once, and the report is kept with whoever installs
Filename: "{app}\crfapp.exe"; Parameters: "qualify --installation --out ""{userdocs}\crfapp qualification"""; \
    Description: "Qualify the installation"; Flags: postinstall runascurrentuser
