<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_PT" sourcelanguage="en">
<context>
    <name>Officer</name>
    <message>
        <source>Ready for the next traveller</source>
        <translation>Pronto para o próximo viajante</translation>
    </message>
    <message>
        <source>Waiting for one more code</source>
        <translation>À espera de mais um código</translation>
    </message>
    <message>
        <source>Admitted, asking the gate</source>
        <translation>Admitido, a pedir à cancela</translation>
    </message>
    <message>
        <source>The traveller is passing</source>
        <translation>O viajante está a passar</translation>
    </message>
    <message>
        <source>A traveller waits for your decision</source>
        <translation>Um viajante espera a sua decisão</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusado</translation>
    </message>
    <message>
        <source>Sent to the desk</source>
        <translation>Enviado ao balcão</translation>
    </message>
    <message>
        <source>Admitted, but the gate stayed shut: open by hand</source>
        <translation>Admitido, mas a cancela não abriu: abra à mão</translation>
    </message>
    <message>
        <source>Lane held</source>
        <translation>Via suspensa</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Fora de serviço</translation>
    </message>
    <message>
        <source>ADMIT</source>
        <translation>ADMITIR</translation>
    </message>
    <message>
        <source>REFER</source>
        <translation>ENCAMINHAR</translation>
    </message>
    <message>
        <source>REFUSE</source>
        <translation>RECUSAR</translation>
    </message>
    <message>
        <source>Health code</source>
        <translation>Código de saúde</translation>
    </message>
    <message>
        <source>Customs declaration</source>
        <translation>Declaração alfandegária</translation>
    </message>
    <message>
        <source>Itinerary card</source>
        <translation>Cartão de itinerário</translation>
    </message>
    <message>
        <source>Vaccination certificate</source>
        <translation>Certificado de vacinação</translation>
    </message>
    <message>
        <source>Test certificate</source>
        <translation>Certificado de teste</translation>
    </message>
    <message>
        <source>Recovery certificate</source>
        <translation>Certificado de recuperação</translation>
    </message>
    <message>
        <source>Exemption</source>
        <translation>Isenção</translation>
    </message>
    <message>
        <source>International vaccination certificate</source>
        <translation>Certificado internacional de vacinação</translation>
    </message>
    <message>
        <source>Light certificate</source>
        <translation>Certificado simplificado</translation>
    </message>
    <message>
        <source>green</source>
        <translation>verde</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>amarelo</translation>
    </message>
    <message>
        <source>red</source>
        <translation>vermelho</translation>
    </message>
    <message>
        <source>to the mainland</source>
        <translation>para o continente</translation>
    </message>
    <message>
        <source>to Hong Kong</source>
        <translation>para Hong Kong</translation>
    </message>
    <message>
        <source>to Macao</source>
        <translation>para Macau</translation>
    </message>
    <message>
        <source>any direction</source>
        <translation>qualquer direção</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>passou</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>ninguém passou</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>passaram dois</translation>
    </message>
    <message>
        <source>passage unknown</source>
        <translation>passagem desconhecida</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>ligada</translation>
    </message>
    <message>
        <source>being tried</source>
        <translation>em teste</translation>
    </message>
    <message>
        <source>answers badly</source>
        <translation>responde mal</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>sem ligação</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>Lista de confiança</translation>
    </message>
    <message>
        <source>From the station</source>
        <translation>Da estação</translation>
    </message>
    <message>
        <source>Lane closed: travellers are sent to another one</source>
        <translation>Via fechada: os viajantes são enviados para outra</translation>
    </message>
    <message>
        <source>Alarm: send everybody out</source>
        <translation>Alarme: mande sair toda a gente</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>Lista de revogação</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Regras</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Admitir</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Recusar</translation>
    </message>
    <message>
        <source>Send to the desk</source>
        <translation>Enviar ao balcão</translation>
    </message>
    <message>
        <source>Release the gate once</source>
        <translation>Abrir a cancela uma vez</translation>
    </message>
    <message>
        <source>Admit: for what reason?</source>
        <translation>Admitir: por que motivo?</translation>
    </message>
    <message>
        <source>Refuse: for what reason?</source>
        <translation>Recusar: por que motivo?</translation>
    </message>
    <message>
        <source>To the desk: for what reason?</source>
        <translation>Ao balcão: por que motivo?</translation>
    </message>
    <message>
        <source>Release once: for what reason?</source>
        <translation>Abrir uma vez: por que motivo?</translation>
    </message>
    <message>
        <source>Admit now</source>
        <translation>Admitir agora</translation>
    </message>
    <message>
        <source>Refuse now</source>
        <translation>Recusar agora</translation>
    </message>
    <message>
        <source>Send to the desk now</source>
        <translation>Enviar ao balcão agora</translation>
    </message>
    <message>
        <source>Release now</source>
        <translation>Abrir agora</translation>
    </message>
    <message>
        <source>Close the lane</source>
        <translation>Encerrar a via</translation>
    </message>
    <message>
        <source>Turn the lane: {to}</source>
        <translation>Inverter a via: {to}</translation>
    </message>
    <message>
        <source>Mute the sound</source>
        <translation>Silenciar o som</translation>
    </message>
    <message>
        <source>Let it sound again</source>
        <translation>Repor o som</translation>
    </message>
    <message>
        <source>Alarm: everybody leaves</source>
        <translation>Alarme: todos saem</translation>
    </message>
    <message>
        <source>End the alarm</source>
        <translation>Terminar o alarme</translation>
    </message>
    <message>
        <source>Touch again to raise the alarm</source>
        <translation>Toque outra vez para dar o alarme</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Som</translation>
    </message>
    <message>
        <source>muted by an officer</source>
        <translation>silenciado por um agente</translation>
    </message>
    <message>
        <source>Direction: {to}.</source>
        <translation>Direção: {to}.</translation>
    </message>
    <message>
        <source>Turned by an officer. Direction now: {to}.</source>
        <translation>Invertido por um agente. Direção agora: {to}.</translation>
    </message>
    <message>
        <source>{count} not at the hub yet, the oldest for {minutes} min</source>
        <translation>{count} ainda não na central, o mais antigo há {minutes} min</translation>
    </message>
    <message>
        <source>officer admitted</source>
        <translation>agente admitiu</translation>
    </message>
    <message>
        <source>officer refused</source>
        <translation>agente recusou</translation>
    </message>
    <message>
        <source>officer sent to the desk</source>
        <translation>agente enviou ao balcão</translation>
    </message>
    <message>
        <source>One officer has admitted; another one has to as well.</source>
        <translation>Um agente já admitiu; falta outro agente admitir também.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Feito.</translation>
    </message>
    <message>
        <source>The crossing is already over; the gate stays shut.</source>
        <translation>A passagem já terminou; a cancela fica fechada.</translation>
    </message>
    <message>
        <source>A specimen code never opens a gate.</source>
        <translation>Um código de amostra nunca abre a cancela.</translation>
    </message>
    <message>
        <source>The gate is not ready; open it by hand.</source>
        <translation>A cancela não está pronta; abra-a à mão.</translation>
    </message>
    <message>
        <source>Too late to take it back: the gate may have moved.</source>
        <translation>Tarde demais para anular: a cancela pode ter-se movido.</translation>
    </message>
    <message>
        <source>Entered: read what the policy says of it, then decide.</source>
        <translation>Introduzido: leia o que diz a política e decida.</translation>
    </message>
    <message>
        <source>Taken back: the traveller waits for your decision again.</source>
        <translation>Anulado: o viajante espera de novo a sua decisão.</translation>
    </message>
    <message>
        <source>Not possible just now.</source>
        <translation>Não é possível neste momento.</translation>
    </message>
    <message>
        <source>Somebody is in the lane: turn it when they are through.</source>
        <translation>Há alguém na via: inverta-a quando tiver passado.</translation>
    </message>
    <message>
        <source>Wrong tries cannot be saved. Sign-in works; tell the technician.</source>
        <translation>Não é possível guardar as tentativas erradas. Pode entrar; avise o técnico.</translation>
    </message>
    <message>
        <source>Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician.</source>
        <translation>O registo de tentativas erradas estava danificado. Todos esperam 15 segundos uma vez; avise o técnico.</translation>
    </message>
    <message>
        <source>Lost contact with the lane</source>
        <translation>Sem contacto com a via</translation>
    </message>
    <message>
        <source>Last heard of {seconds} s ago. Look at the lane yourself.</source>
        <translation>Último sinal há {seconds} s. Vá ver a via.</translation>
    </message>
    <message>
        <source>The lane has not reported yet.</source>
        <translation>A via ainda não deu sinal.</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Cancela</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Registos</translation>
    </message>
    <message>
        <source>all at the hub</source>
        <translation>todos na central</translation>
    </message>
    <message>
        <source>{count} not at the hub yet</source>
        <translation>{count} ainda não na central</translation>
    </message>
    <message>
        <source>none: every code is referred</source>
        <translation>nenhuma: todos os códigos são encaminhados</translation>
    </message>
    <message>
        <source>not signed: whoever can write the file decides who passes</source>
        <translation>não assinada: quem puder gravar o ficheiro decide quem passa</translation>
    </message>
    <message>
        <source>{age} min old</source>
        <translation>há {age} min</translation>
    </message>
    <message>
        <source>{age} h old</source>
        <translation>há {age} h</translation>
    </message>
    <message>
        <source>{age} days old</source>
        <translation>há {age} dias</translation>
    </message>
    <message>
        <source>{age}, ageing</source>
        <translation>{age}, renovar</translation>
    </message>
    <message>
        <source>{age}, too old: codes are referred</source>
        <translation>{age}, velha demais: códigos encaminhados</translation>
    </message>
    <message>
        <source>Lane health</source>
        <translation>Estado da via</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
    <message>
        <source>The lane is ready for a shift</source>
        <translation>A via está pronta para o turno</translation>
    </message>
    <message>
        <source>The lane is not ready for a shift: do this first</source>
        <translation>A via não está pronta para o turno: faça isto primeiro</translation>
    </message>
    <message>
        <source>Last crossings (Hong Kong time)</source>
        <translation>Últimas passagens (hora de Hong Kong)</translation>
    </message>
    <message>
        <source>To the desk by itself in {seconds} s</source>
        <translation>Ao balcão automaticamente em {seconds} s</translation>
    </message>
    <message>
        <source>Hold the lane</source>
        <translation>Suspender a via</translation>
    </message>
    <message>
        <source>Let the lane go on</source>
        <translation>Retomar a via</translation>
    </message>
    <message>
        <source>Our verdict</source>
        <translation>O nosso veredicto</translation>
    </message>
    <message>
        <source>Reference {crossing}</source>
        <translation>Referência {crossing}</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Mais tempo</translation>
    </message>
    <message>
        <source>Do: {next}</source>
        <translation>Fazer: {next}</translation>
    </message>
    <message>
        <source>Not shown to the traveller. Speak about it in private.</source>
        <translation>Não é mostrado ao viajante. Fale em privado.</translation>
    </message>
    <message>
        <source>Nothing in this code could be proven. Trust none of it.</source>
        <translation>Nada neste código pôde ser provado. Não confie nele.</translation>
    </message>
    <message>
        <source>No health code was shown: go by the documents.</source>
        <translation>Não foi mostrado código de saúde: veja os documentos.</translation>
    </message>
    <message>
        <source>The signature proves nothing here: read it as a claim, not a fact.</source>
        <translation>A assinatura nada prova: leia como alegação, não como facto.</translation>
    </message>
    <message>
        <source>Issuer&apos;s colour: {colour}</source>
        <translation>Cor do emissor: {colour}</translation>
    </message>
    <message>
        <source>It claims to be {what}; nothing of that was verified.</source>
        <translation>Diz ser {what}; nada disso foi verificado.</translation>
    </message>
    <message>
        <source>a Hong Kong vaccination record</source>
        <translation>um registo de vacinação de Hong Kong</translation>
    </message>
    <message>
        <source>a link to an online health code</source>
        <translation>uma ligação para um código de saúde em linha</translation>
    </message>
    <message>
        <source>a certificate of a newer kind</source>
        <translation>um certificado de um tipo mais recente</translation>
    </message>
    <message>
        <source>SPECIMEN</source>
        <translation>AMOSTRA</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Emissor</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Emitido</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Válido até</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>Válido para</translation>
    </message>
    <message>
        <source>one crossing, {direction}</source>
        <translation>uma passagem, {direction}</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Declaração</translation>
    </message>
    <message>
        <source>dose {dose} of {of}</source>
        <translation>dose {dose} de {of}</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativo</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positivo</translation>
    </message>
    <message>
        <source>not in this code</source>
        <translation>não consta do código</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>Nada a decidir</translation>
    </message>
    <message>
        <source>To admit takes two officers: you, and another one after you.</source>
        <translation>Para admitir são precisos dois agentes: você e outro depois de si.</translation>
    </message>
    <message>
        <source>{officer} has admitted. The gate opens when another officer does.</source>
        <translation>{officer} admitiu. A cancela abre quando outro agente também admitir.</translation>
    </message>
    <message>
        <source>Still missing: {kinds}</source>
        <translation>Ainda falta: {kinds}</translation>
    </message>
    <message>
        <source>Rule {rule}</source>
        <translation>Regra {rule}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Número de serviço</translation>
    </message>
    <message>
        <source>PIN (six digits)</source>
        <translation>PIN (seis dígitos)</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>A verificar…</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>Número ou PIN errado.</translation>
    </message>
    <message>
        <source>Number or PIN is wrong. {left} more before you have to wait.</source>
        <translation>Número ou PIN errado. Mais {left} antes de ter de esperar.</translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation>Demasiadas tentativas. Tente de novo em {seconds} s.</translation>
    </message>
    <message>
        <source>This PIN is locked. A supervisor gives you a new one.</source>
        <translation>Este PIN está bloqueado. O supervisor dá-lhe um novo.</translation>
    </message>
    <message>
        <source>Your entry in the roster has ended. Ask your supervisor.</source>
        <translation>A sua inscrição na lista terminou. Fale com o supervisor.</translation>
    </message>
    <message>
        <source>This lane has no roster; nobody can sign in. Tell the technician.</source>
        <translation>Esta via não tem lista de agentes; ninguém pode entrar. Avise o técnico.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Back to the traveller&apos;s screen</source>
        <translation>Voltar ao ecrã do viajante</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>DEMO: nada aqui é real</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>TREINO: nada aqui é real</translation>
    </message>
    <message>
        <source>Station desk</source>
        <translation>Mesa do posto</translation>
    </message>
    <message>
        <source>Connected to the hub</source>
        <translation>Ligado à central</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: use each lane&apos;s own panel</source>
        <translation>Sem ligação à central: use o painel de cada via</translation>
    </message>
    <message>
        <source>Connecting to the hub …</source>
        <translation>A ligar à central …</translation>
    </message>
    <message>
        <source>Nothing heard for {seconds} s. What the lanes do now is not known here.</source>
        <translation>Sem notícias há {seconds} s. Aqui não se sabe o que as vias fazem agora.</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Vias</translation>
    </message>
    <message>
        <source>No lane of this station is enrolled at the hub.</source>
        <translation>Nenhuma via deste posto está registada na central.</translation>
    </message>
    <message>
        <source>Travellers who wait</source>
        <translation>Viajantes à espera</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>Ninguém espera</translation>
    </message>
    <message>
        <source>waits, {seconds} s left</source>
        <translation>espera, faltam {seconds} s</translation>
    </message>
    <message>
        <source>{officer} at {desk} has this one</source>
        <translation>{officer} em {desk} tem este caso</translation>
    </message>
    <message>
        <source>You have this one, {seconds} s left</source>
        <translation>Este caso é seu, faltam {seconds} s</translation>
    </message>
    <message>
        <source>Decided, on its way to the lane</source>
        <translation>Decidido, a caminho da via</translation>
    </message>
    <message>
        <source>Admitted by {officer}</source>
        <translation>Admitido por {officer}</translation>
    </message>
    <message>
        <source>Refused by {officer}</source>
        <translation>Recusado por {officer}</translation>
    </message>
    <message>
        <source>Sent to the desk by {officer}</source>
        <translation>Enviado ao balcão por {officer}</translation>
    </message>
    <message>
        <source>The traveller needs no officer any more</source>
        <translation>O viajante já não precisa de agente</translation>
    </message>
    <message>
        <source>Time ran out: sent to the desk</source>
        <translation>O tempo acabou: enviado ao balcão</translation>
    </message>
    <message>
        <source>The lane ended it</source>
        <translation>A via terminou</translation>
    </message>
    <message>
        <source>No sound at this desk: look here for who waits, and check the loudspeaker.</source>
        <translation>Esta mesa está sem som: veja aqui quem espera e verifique o altifalante.</translation>
    </message>
    <message>
        <source>Take this traveller</source>
        <translation>Atender este viajante</translation>
    </message>
    <message>
        <source>Somebody waits: take one at the left, by touch or by digit</source>
        <translation>Há quem espere: atenda à esquerda, por toque ou algarismo</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Largar</translation>
    </message>
    <message>
        <source>Your roster entry has no signing key: decide at the lane&apos;s own panel and ask for a new PIN.</source>
        <translation>O seu registo não tem chave de assinatura: decida no painel da via e peça um novo PIN.</translation>
    </message>
    <message>
        <source>The evidence can&apos;t be read here: go to the lane.</source>
        <translation>Os comprovativos não se podem ler aqui: vá à via.</translation>
    </message>
    <message>
        <source>This lane has not reported yet.</source>
        <translation>Esta via ainda não deu sinal.</translation>
    </message>
    <message>
        <source>Faults: {codes}</source>
        <translation>Avarias: {codes}</translation>
    </message>
    <message>
        <source>In a state that this desk does not know</source>
        <translation>Num estado que esta mesa não conhece</translation>
    </message>
    <message>
        <source>Order …</source>
        <translation>Ordenar …</translation>
    </message>
    <message>
        <source>The gate is released, and an alarm is ended, only at the lane&apos;s own panel.</source>
        <translation>Só no painel da própria via se abre uma vez a cancela e se termina um alarme.</translation>
    </message>
    <message>
        <source>Nothing can be ordered of this lane from here just now: go to its own panel.</source>
        <translation>De momento nada se pode ordenar a esta via a partir daqui: vá ao painel da via.</translation>
    </message>
    <message>
        <source>For a person who stands at this lane without a code. The lane then waits for your decision.</source>
        <translation>Para quem está nesta via sem código. A via espera depois pela sua decisão.</translation>
    </message>
    <message>
        <source>Entered at the lane. Read what the policy says of it, then decide.</source>
        <translation>Introduzido na via. Leia o que diz a política e decida.</translation>
    </message>
    <message>
        <source>The lane has done as ordered.</source>
        <translation>A via cumpriu a ordem.</translation>
    </message>
    <message>
        <source>Not done: somebody is in the lane. Order it again when nobody is.</source>
        <translation>Não foi feito: está alguém na via. Dê a ordem de novo quando não estiver ninguém.</translation>
    </message>
    <message>
        <source>The lane did not accept the order: order it at the lane&apos;s own panel.</source>
        <translation>A via não aceitou a ordem: dê-a no painel da própria via.</translation>
    </message>
    <message>
        <source>The lane has not answered: go and see how it is.</source>
        <translation>A via não respondeu: vá ver como está.</translation>
    </message>
    <message>
        <source>Another officer has taken this traveller.</source>
        <translation>Outro agente está a atender este viajante.</translation>
    </message>
    <message>
        <source>Another officer has already decided.</source>
        <translation>Outro agente já decidiu.</translation>
    </message>
    <message>
        <source>The lane has finished with this traveller; the gate stays shut.</source>
        <translation>A via já terminou com este viajante; a cancela fica fechada.</translation>
    </message>
    <message>
        <source>Take the traveller first.</source>
        <translation>Primeiro, atenda o viajante.</translation>
    </message>
    <message>
        <source>This traveller does not wait any more.</source>
        <translation>Este viajante já não espera.</translation>
    </message>
    <message>
        <source>This computer is not enrolled as a desk of the station. Tell the technician.</source>
        <translation>Este computador não está registado como mesa do posto. Avise o técnico.</translation>
    </message>
    <message>
        <source>Nothing was sent: the hub can&apos;t be reached. Decide at the lane&apos;s own panel.</source>
        <translation>Nada foi enviado: sem ligação à central. Decida no painel da via.</translation>
    </message>
    <message>
        <source>Sent to the lane.</source>
        <translation>Enviado à via.</translation>
    </message>
    <message>
        <source>The lane did not accept the decision. Decide at the lane&apos;s own panel and tell the technician.</source>
        <translation>A via não aceitou a decisão. Decida no painel da via e avise o técnico.</translation>
    </message>
    <message>
        <source>Take back “{what}” ({seconds} s)</source>
        <translation>Anular “{what}” ({seconds} s)</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Certeza</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Genuine: {checks}</source>
        <translation>Autêntico: {checks}</translation>
    </message>
    <message>
        <source>Not proven: {checks}</source>
        <translation>Não provado: {checks}</translation>
    </message>
    <message>
        <source>Not proven: entered by an officer, no signature</source>
        <translation>Não provado: introduzido por um agente, sem assinatura</translation>
    </message>
    <message>
        <source>signature right</source>
        <translation>assinatura certa</translation>
    </message>
    <message>
        <source>signature wrong</source>
        <translation>assinatura errada</translation>
    </message>
    <message>
        <source>signer not known here</source>
        <translation>emissor desconhecido aqui</translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation>assinatura não verificada</translation>
    </message>
    <message>
        <source>in date</source>
        <translation>dentro do prazo</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>fora do prazo</translation>
    </message>
    <message>
        <source>not valid yet</source>
        <translation>ainda não válido</translation>
    </message>
    <message>
        <source>dates not known</source>
        <translation>datas desconhecidas</translation>
    </message>
    <message>
        <source>not revoked</source>
        <translation>não revogado</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>revogado</translation>
    </message>
    <message>
        <source>revocation not checked, no list</source>
        <translation>revogação não verificada, sem lista</translation>
    </message>
    <message>
        <source>revocation not checked, list too old</source>
        <translation>revogação não verificada, lista velha</translation>
    </message>
    <message>
        <source>Is the name that of the travel document?</source>
        <translation>O nome é o do documento de viagem?</translation>
    </message>
    <message>
        <source>It names nobody: ask whose it is, look at the travel document.</source>
        <translation>Não nomeia ninguém: pergunte de quem é, veja o documento de viagem.</translation>
    </message>
    <message>
        <source>Look at the paper again: name, days, seal.</source>
        <translation>Volte a ver o papel: nome, dias, selo.</translation>
    </message>
    <message>
        <source>A specimen proves nothing: ask for the real one.</source>
        <translation>Uma amostra nada prova: peça o verdadeiro.</translation>
    </message>
    <message>
        <source>Card of {officer} read. Now the PIN.</source>
        <translation>Cartão de {officer} lido. Agora o PIN.</translation>
    </message>
    <message>
        <source>The card reader does not work: type the number. Tell the technician.</source>
        <translation>O leitor de cartões não funciona: escreva o número. Avise o técnico.</translation>
    </message>
    <message>
        <source>Note: stays here, no names</source>
        <translation>Nota: fica aqui, sem nomes</translation>
    </message>
    <message>
        <source>Enter a paper document</source>
        <translation>Introduzir documento em papel</translation>
    </message>
    <message>
        <source>Paper document</source>
        <translation>Documento em papel</translation>
    </message>
    <message>
        <source>{place} of {of}: {question}</source>
        <translation>{place} de {of}: {question}</translation>
    </message>
    <message>
        <source>What kind of document is it?</source>
        <translation>Que tipo de documento é?</translation>
    </message>
    <message>
        <source>Who issued it?</source>
        <translation>Quem o emitiu?</translation>
    </message>
    <message>
        <source>Which colour does it show?</source>
        <translation>Que cor mostra?</translation>
    </message>
    <message>
        <source>What is the result?</source>
        <translation>Qual é o resultado?</translation>
    </message>
    <message>
        <source>On which day was it issued?</source>
        <translation>Em que dia foi emitido?</translation>
    </message>
    <message>
        <source>Until which day is it valid?</source>
        <translation>Até que dia é válido?</translation>
    </message>
    <message>
        <source>What have you seen? Choose all that is true.</source>
        <translation>O que viu? Escolha tudo o que é verdade.</translation>
    </message>
    <message>
        <source>On which day was the sample taken?</source>
        <translation>Em que dia foi colhida a amostra?</translation>
    </message>
    <message>
        <source>On which day was the last dose given?</source>
        <translation>Em que dia foi dada a última dose?</translation>
    </message>
    <message>
        <source>Year, month, day</source>
        <translation>Ano, mês, dia</translation>
    </message>
    <message>
        <source>That is no day this can be: type it as 2026-11-23.</source>
        <translation>Esse dia não pode ser: escreva como 2026-11-23.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Seguinte</translation>
    </message>
    <message>
        <source>More …</source>
        <translation>Mais …</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoje</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ontem</translation>
    </message>
    <message>
        <source>No end on it</source>
        <translation>Sem data de fim</translation>
    </message>
    <message>
        <source>The original, no copy</source>
        <translation>O original, não uma cópia</translation>
    </message>
    <message>
        <source>Name as in the travel document</source>
        <translation>Nome como no documento de viagem</translation>
    </message>
    <message>
        <source>Stamp or seal looks right</source>
        <translation>Carimbo ou selo parece certo</translation>
    </message>
    <message>
        <source>The issuer confirmed it</source>
        <translation>O emissor confirmou</translation>
    </message>
    <message>
        <source>Show what the policy says</source>
        <translation>Ver o que diz a política</translation>
    </message>
    <message>
        <source>The policy in use asks for no document that can be entered.</source>
        <translation>A política em uso não pede documento que se possa introduzir.</translation>
    </message>
    <message>
        <source>If the document is genuine, the policy would admit. You decide.</source>
        <translation>Se o documento for autêntico, a política admitiria. Você decide.</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would not admit: {reasons}.</source>
        <translation>Mesmo que o documento seja autêntico, a política não admitiria: {reasons}.</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would also ask for: {kinds}.</source>
        <translation>Mesmo que o documento seja autêntico, a política pediria ainda: {kinds}.</translation>
    </message>
    <message>
        <source>Codes to practise with</source>
        <translation>Códigos para treinar</translation>
    </message>
    <message>
        <source>Made {time}, good that day. Only a lane in practice admits them.</source>
        <translation>Feitos em {time}, válidos nesse dia. Só uma via em treino os admite.</translation>
    </message>
    <message>
        <source>First: {what}</source>
        <translation>Primeiro: {what}</translation>
    </message>
    <message>
        <source>Shown again: {what}</source>
        <translation>Mostrado de novo: {what}</translation>
    </message>
    <message>
        <source>No health code: no crossing begins, the lane goes on looking.</source>
        <translation>Não é um código de saúde: nenhuma passagem começa, a via continua a procurar.</translation>
    </message>
    <message>
        <source>Keyboard on the screen</source>
        <translation>Teclado no ecrã</translation>
    </message>
    <message>
        <source>Capitals</source>
        <translation>Maiúsculas</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espaço</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluir</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Letras</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>Algarismos e sinais</translation>
    </message>
    <message>
        <source>Letters with accents</source>
        <translation>Letras com acentos</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Frases</translation>
    </message>
    <message>
        <source>Compared with the travel document.</source>
        <translation>Comparado com o documento de viagem.</translation>
    </message>
    <message>
        <source>The original was shown on paper.</source>
        <translation>Foi mostrado o original em papel.</translation>
    </message>
    <message>
        <source>The phone&apos;s screen could not be read.</source>
        <translation>Não se conseguiu ler o ecrã do telemóvel.</translation>
    </message>
    <message>
        <source>Travels with children.</source>
        <translation>Viaja com crianças.</translation>
    </message>
    <message>
        <source>The holder objects.</source>
        <translation>O titular contesta.</translation>
    </message>
    <message>
        <source>The desk was told.</source>
        <translation>O balcão foi avisado.</translation>
    </message>
    <message>
        <source>Nobody has crossed here yet, today or yesterday.</source>
        <translation>Hoje e ontem, ninguém passou ainda por aqui.</translation>
    </message>
    <message>
        <source>Reading the records …</source>
        <translation>A ler os registos …</translation>
    </message>
    <message>
        <source>Crossings of today and yesterday (Hong Kong time): touch one to read it</source>
        <translation>Passagens de hoje e de ontem (hora de Hong Kong): toque numa para a ler</translation>
    </message>
    <message>
        <source>Which crossings</source>
        <translation>Que passagens mostrar</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>Encaminhadas</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>Decididas depois</translation>
    </message>
    <message>
        <source>Waiting for a second officer</source>
        <translation>À espera do 2.º agente</translation>
    </message>
    <message>
        <source>None of these, today or yesterday.</source>
        <translation>Nenhuma destas, hoje nem ontem.</translation>
    </message>
    <message>
        <source>The records can&apos;t be read just now. It is tried again by itself.</source>
        <translation>De momento, não é possível ler os registos. Nova tentativa automática.</translation>
    </message>
    <message>
        <source>{what}, afterwards</source>
        <translation>{what}, depois</translation>
    </message>
    <message>
        <source>{officer}: {what}</source>
        <translation>{officer}: {what}</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>admitiu</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>recusou</translation>
    </message>
    <message>
        <source>sent to the desk</source>
        <translation>enviou ao balcão</translation>
    </message>
    <message>
        <source>admitted as the first of two</source>
        <translation>admitiu, como primeiro de dois</translation>
    </message>
    <message>
        <source>took it back</source>
        <translation>anulou a decisão</translation>
    </message>
    <message>
        <source>wrote a note</source>
        <translation>escreveu uma nota</translation>
    </message>
    <message>
        <source>went through</source>
        <translation>passou</translation>
    </message>
    <message>
        <source>the gate opened, nobody went through</source>
        <translation>a cancela abriu, ninguém passou</translation>
    </message>
    <message>
        <source>somebody followed close behind</source>
        <translation>alguém seguiu logo atrás</translation>
    </message>
    <message>
        <source>the gate did not say who went through</source>
        <translation>a cancela não disse quem passou</translation>
    </message>
    <message>
        <source>refused, the gate stayed shut</source>
        <translation>recusado, a cancela ficou fechada</translation>
    </message>
    <message>
        <source>the gate did not open</source>
        <translation>a cancela não abriu</translation>
    </message>
    <message>
        <source>went to the desk</source>
        <translation>foi ao balcão</translation>
    </message>
    <message>
        <source>nobody decided in time: to the desk</source>
        <translation>ninguém decidiu a tempo: ao balcão</translation>
    </message>
    <message>
        <source>left</source>
        <translation>foi-se embora</translation>
    </message>
    <message>
        <source>broken off: the kiosk was stopped</source>
        <translation>interrompida: a máquina foi parada</translation>
    </message>
    <message>
        <source>broken off: the kiosk failed</source>
        <translation>interrompida: a máquina falhou</translation>
    </message>
    <message>
        <source>This crossing goes on: decide it where it waits.</source>
        <translation>Esta passagem continua: decida onde ela espera.</translation>
    </message>
    <message>
        <source>This crossing is over: a decision is added to the records. The first verdict stays; no gate opens.</source>
        <translation>Esta passagem acabou: a decisão junta-se aos registos. O primeiro veredicto fica; nenhuma cancela abre.</translation>
    </message>
    <message>
        <source>{officer} has admitted. It counts once another officer does.</source>
        <translation>{officer} admitiu. Só conta quando outro agente também admitir.</translation>
    </message>
    <message>
        <source>verdict {verdict}</source>
        <translation>veredicto {verdict}</translation>
    </message>
    <message>
        <source>Record: admit</source>
        <translation>Registar: admitir</translation>
    </message>
    <message>
        <source>Record: refuse</source>
        <translation>Registar: recusar</translation>
    </message>
    <message>
        <source>Record: to the desk</source>
        <translation>Registar: ao balcão</translation>
    </message>
    <message>
        <source>Being recorded …</source>
        <translation>A registar …</translation>
    </message>
    <message>
        <source>Taken back. Both records stay.</source>
        <translation>Anulada. Ambos os registos ficam.</translation>
    </message>
    <message>
        <source>Recorded.</source>
        <translation>Registado.</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Voltar à lista</translation>
    </message>
    <message>
        <source>Slip for the traveller</source>
        <translation>Talão para o viajante</translation>
    </message>
    <message>
        <source>Let the traveller photograph the code, in the language you choose here.</source>
        <translation>Deixe o viajante fotografar o código, na língua que escolher aqui.</translation>
    </message>
    <message>
        <source>Print the slip</source>
        <translation>Imprimir o talão</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>Imprimir mais uma vez</translation>
    </message>
    <message>
        <source>Printing …</source>
        <translation>A imprimir …</translation>
    </message>
    <message>
        <source>The slip as a code to be photographed</source>
        <translation>O talão como código para fotografar</translation>
    </message>
    <message>
        <source>The slip is printed.</source>
        <translation>O talão está impresso.</translation>
    </message>
    <message>
        <source>The slip was sent; this printer does not say whether it is printed: look.</source>
        <translation>O talão foi enviado; esta impressora não diz se o imprimiu: veja.</translation>
    </message>
    <message>
        <source>The slip is not printed, or not whole: look at the printer.</source>
        <translation>O talão não foi impresso, ou não por inteiro: veja a impressora.</translation>
    </message>
    <message>
        <source>Not heard of any more: {lanes}</source>
        <translation>Sem notícias de: {lanes}</translation>
    </message>
    <message>
        <source>Go there. If it works, decide at its own panel and have its network looked at. If not, use another lane and call the operator.</source>
        <translation>Vá até lá. Se funcionar, decida no painel da própria via e mande verificar a rede. Se não, use outra via e chame o técnico.</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Desligada</translation>
    </message>
    <message>
        <source>Find a reference</source>
        <translation>Procurar referência</translation>
    </message>
    <message>
        <source>Nine digits, from a slip, a screen or the telephone</source>
        <translation>Nove algarismos, de um talão, de um ecrã ou do telefone</translation>
    </message>
    <message>
        <source>A digit is wrong or missing: ask for all nine again.</source>
        <translation>Um algarismo está errado ou falta: peça outra vez os nove.</translation>
    </message>
    <message>
        <source>Touch why you look: it is recorded with your number, then looked up.</source>
        <translation>Toque no motivo da procura: fica registado com o seu número e só depois se procura.</translation>
    </message>
    <message>
        <source>The traveller asks</source>
        <translation>O viajante pergunta</translation>
    </message>
    <message>
        <source>Somebody objects</source>
        <translation>Alguém reclama</translation>
    </message>
    <message>
        <source>A colleague asks</source>
        <translation>Um colega pergunta</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>A procurar …</translation>
    </message>
    <message>
        <source>This lane knows no such crossing. The slip names the lane; records are erased after 31 days at most.</source>
        <translation>Esta via não conhece tal passagem. O talão diz a via; os registos apagam-se ao fim de 31 dias, no máximo.</translation>
    </message>
    <message>
        <source>The hub has no such crossing of this station. What a lane has not sent yet is found at its own panel.</source>
        <translation>A central não tem tal passagem deste posto. O que uma via ainda não enviou encontra-se no painel dela.</translation>
    </message>
    <message>
        <source>The journal can&apos;t be read just now: try again.</source>
        <translation>O registo não se consegue ler agora: tente outra vez.</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: look at the panel of the lane.</source>
        <translation>Não há ligação à central: veja no painel da via.</translation>
    </message>
    <message>
        <source>This desk has looked up too often: try again in an hour, or at the panel of the lane.</source>
        <translation>Esta mesa procurou demasiadas vezes: tente daqui a uma hora, ou no painel da via.</translation>
    </message>
    <message>
        <source>{count} crossings have these digits: the time on the slip tells which is meant.</source>
        <translation>{count} passagens têm estes algarismos: a hora do talão diz qual é.</translation>
    </message>
    <message>
        <source>At {lane}</source>
        <translation>Na via {lane}</translation>
    </message>
    <message>
        <source>Signing out in {seconds} s: touch here to stay</source>
        <translation>A sessão termina em {seconds} s: toque aqui para continuar</translation>
    </message>
    <message>
        <source>This sign-in ends in {minutes} min: touch here to sign out and in again</source>
        <translation>A sessão acaba em {minutes} min: toque aqui para sair e voltar a entrar</translation>
    </message>
    <message>
        <source>Signed in: {officer}.</source>
        <translation>Sessão iniciada: {officer}.</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Shift</source>
        <translation>Turno</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>Relatório do turno</translation>
    </message>
    <message>
        <source>Report of a period</source>
        <translation>Relatório de um período</translation>
    </message>
    <message>
        <source>Lane {lane}</source>
        <translation>Via {lane}</translation>
    </message>
    <message>
        <source>No records</source>
        <translation>Sem registos</translation>
    </message>
    <message>
        <source>Opened by {officer}</source>
        <translation>Aberto por {officer}</translation>
    </message>
    <message>
        <source>Closed by {officer}</source>
        <translation>Fechado por {officer}</translation>
    </message>
    <message>
        <source>Not closed</source>
        <translation>Não fechado</translation>
    </message>
    <message>
        <source>ready when it was opened</source>
        <translation>pronto na abertura</translation>
    </message>
    <message>
        <source>not ready when it was opened</source>
        <translation>não estava pronto na abertura</translation>
    </message>
    <message>
        <source>No shift is open</source>
        <translation>Nenhum turno aberto</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>DEMO: nada aqui é real</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>TREINO: nada aqui é real</translation>
    </message>
    <message>
        <source>This page names no traveller. Officers stand here by service number.</source>
        <translation>Esta página não identifica viajantes. Os agentes figuram pelo número de serviço.</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Página {page} de {pages}</translation>
    </message>
    <message>
        <source>Records {first} to {last}</source>
        <translation>Registos {first} a {last}</translation>
    </message>
    <message>
        <source>Records erased before and not counted: {count}</source>
        <translation>Registos já apagados e não contados: {count}</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>Passagens</translation>
    </message>
    <message>
        <source>Crossings per minute</source>
        <translation>Passagens por minuto</translation>
    </message>
    <message>
        <source>{mean} on average, {peak} at most</source>
        <translation>{mean} em média, {peak} no máximo</translation>
    </message>
    <message>
        <source>From code to verdict</source>
        <translation>Do código à decisão</translation>
    </message>
    <message>
        <source>From code to passage</source>
        <translation>Do código à passagem</translation>
    </message>
    <message>
        <source>{since} to {until} (Hong Kong time)</source>
        <translation>{since} a {until} (hora de Hong Kong)</translation>
    </message>
    <message>
        <source>half in {half} ms, 95 % in {most} ms</source>
        <translation>metade em {half} ms, 95 % em {most} ms</translation>
    </message>
    <message>
        <source>half in {half} s, 95 % in {most} s</source>
        <translation>metade em {half} s, 95 % em {most} s</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>Times the gate opened</source>
        <translation>Aberturas da cancela</translation>
    </message>
    <message>
        <source>Times the gate was not ready</source>
        <translation>Cancela não estava pronta</translation>
    </message>
    <message>
        <source>Released once by an officer</source>
        <translation>Abertura única por agente</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>Decididas depois</translation>
    </message>
    <message>
        <source>Crossings in every {minutes} min</source>
        <translation>Passagens em cada {minutes} min</translation>
    </message>
    <message>
        <source>From code to verdict, in every {minutes} min</source>
        <translation>Do código ao veredicto, em cada {minutes} min</translation>
    </message>
    <message>
        <source>milliseconds, 95 % within</source>
        <translation>milissegundos, 95 % em até</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>admitidos</translation>
    </message>
    <message>
        <source>referred</source>
        <translation>encaminhados</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>recusados</translation>
    </message>
    <message>
        <source>Referred for</source>
        <translation>Encaminhados por</translation>
    </message>
    <message>
        <source>Refused for</source>
        <translation>Recusados por</translation>
    </message>
    <message>
        <source>Officers&apos; decisions</source>
        <translation>Decisões dos agentes</translation>
    </message>
    <message>
        <source>Admitted: {reason}</source>
        <translation>Admitido: {reason}</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>Recusado: {reason}</translation>
    </message>
    <message>
        <source>To the desk: {reason}</source>
        <translation>Ao balcão: {reason}</translation>
    </message>
    <message>
        <source>At the gate</source>
        <translation>Na cancela</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>passou</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>ninguém passou</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>passaram dois</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Minutes the lane took nobody</source>
        <translation>Minutos sem atendimento</translation>
    </message>
    <message>
        <source>out of order</source>
        <translation>fora de serviço</translation>
    </message>
    <message>
        <source>held by an officer</source>
        <translation>suspenso por um agente</translation>
    </message>
    <message>
        <source>closed by an officer</source>
        <translation>fechada por um agente</translation>
    </message>
    <message>
        <source>an officer&apos;s alarm</source>
        <translation>alarme de um agente</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>desligado</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Avarias</translation>
    </message>
    <message>
        <source>Decisions by officer</source>
        <translation>Decisões por agente</translation>
    </message>
    <message>
        <source>{admit} admitted ({percent} %), {refuse} refused, {desk} to the desk</source>
        <translation>{admit} admitidos ({percent} %), {refuse} recusados, {desk} ao balcão</translation>
    </message>
    <message>
        <source>{officer} admitted {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} admitiu {admitted} de {decided} ({percent} %); como os outros, cerca de {expected}. Pergunte porquê.</translation>
    </message>
    <message>
        <source>{officer} admitted only {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} só admitiu {admitted} de {decided} ({percent} %); como os outros, cerca de {expected}. Pergunte porquê.</translation>
    </message>
    <message>
        <source>Open a shift</source>
        <translation>Abrir um turno</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Fechar o turno</translation>
    </message>
    <message>
        <source>Export to the stick</source>
        <translation>Exportar para a pen</translation>
    </message>
    <message>
        <source>Export days …</source>
        <translation>Exportar dias …</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>the day before</source>
        <translation>o dia anterior</translation>
    </message>
    <message>
        <source>the day after</source>
        <translation>o dia seguinte</translation>
    </message>
    <message>
        <source>Export these days to the stick</source>
        <translation>Exportar estes dias para a pen</translation>
    </message>
    <message>
        <source>No export</source>
        <translation>Não exportar</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>Cancelar a exportação</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>Voltar à via</translation>
    </message>
    <message>
        <source>Counting the records …</source>
        <translation>A contar os registos …</translation>
    </message>
    <message>
        <source>Writing the records: {done} of {total}</source>
        <translation>A escrever os registos: {done} de {total}</translation>
    </message>
    <message>
        <source>Putting the table together. Leave the stick in.</source>
        <translation>A montar a tabela. Não retire a pen.</translation>
    </message>
    <message>
        <source>Reading everything back. Leave the stick in.</source>
        <translation>A reler tudo. Não retire a pen.</translation>
    </message>
    <message>
        <source>The export begins. Leave the stick in.</source>
        <translation>A exportação começa. Não retire a pen.</translation>
    </message>
    <message>
        <source>Saved as {folder}. You may remove the stick.</source>
        <translation>Guardado como {folder}. Pode retirar a pen.</translation>
    </message>
    <message>
        <source>There is no stick: put one in and press again.</source>
        <translation>Não há pen: introduza uma e carregue de novo.</translation>
    </message>
    <message>
        <source>There is more than one stick: leave only one in.</source>
        <translation>Há mais de uma pen: deixe só uma.</translation>
    </message>
    <message>
        <source>The stick is full: take one with more room.</source>
        <translation>A pen está cheia: use uma com mais espaço.</translation>
    </message>
    <message>
        <source>The stick can&apos;t be written: slide its lock, or take another.</source>
        <translation>Não se pode escrever na pen: destranque-a ou use outra.</translation>
    </message>
    <message>
        <source>The stick is gone or fails: put it back, or take another, and press again.</source>
        <translation>A pen saiu ou falha: volte a pô-la, ou use outra, e carregue de novo.</translation>
    </message>
    <message>
        <source>The stick takes no file so large: take one formatted as exFAT.</source>
        <translation>A pen não aceita um ficheiro tão grande: use uma em exFAT.</translation>
    </message>
    <message>
        <source>The stick kept something else than was written: take another.</source>
        <translation>A pen guardou algo diferente: use outra.</translation>
    </message>
    <message>
        <source>There are no records of these days: choose others.</source>
        <translation>Não há registos destes dias: escolha outros.</translation>
    </message>
    <message>
        <source>This is practice: its records are not exported.</source>
        <translation>Isto é treino: os registos não são exportados.</translation>
    </message>
    <message>
        <source>Cancelled: nothing was saved.</source>
        <translation>Cancelado: nada foi guardado.</translation>
    </message>
    <message>
        <source>The export failed, nothing was saved: call the operator.</source>
        <translation>A exportação falhou, nada foi guardado: chame o técnico.</translation>
    </message>
    <message>
        <source>Only a supervisor opens and closes a shift.</source>
        <translation>Só um supervisor abre e fecha um turno.</translation>
    </message>
    <message>
        <source>A shift is open already: close it first.</source>
        <translation>Já há um turno aberto: feche-o primeiro.</translation>
    </message>
    <message>
        <source>No shift is open.</source>
        <translation>Nenhum turno está aberto.</translation>
    </message>
</context>
<context>
    <name>Traveller</name>
    <message>
        <source>Show your health code</source>
        <translation>Mostre o código de saúde</translation>
    </message>
    <message>
        <source>No phone? Staffed lane</source>
        <translation>Sem telemóvel? Ao balcão</translation>
    </message>
    <message>
        <source>Reading – hold still</source>
        <translation>A ler – não mexa</translation>
    </message>
    <message>
        <source>This is not a health code</source>
        <translation>Não é um código de saúde</translation>
    </message>
    <message>
        <source>Please open your health code</source>
        <translation>Abra o código de saúde</translation>
    </message>
    <message>
        <source>Closer, please</source>
        <translation>Mais perto</translation>
    </message>
    <message>
        <source>A little farther away</source>
        <translation>Um pouco mais longe</translation>
    </message>
    <message>
        <source>Tilt it: the light is reflected</source>
        <translation>Incline: há reflexo</translation>
    </message>
    <message>
        <source>Make the phone brighter</source>
        <translation>Aumente o brilho</translation>
    </message>
    <message>
        <source>Hold still, please</source>
        <translation>Não mexa, por favor</translation>
    </message>
    <message>
        <source>Show the whole code</source>
        <translation>Mostre o código inteiro</translation>
    </message>
    <message>
        <source>About 15 cm from the camera</source>
        <translation>A cerca de 15 cm da câmara</translation>
    </message>
    <message>
        <source>This is a web link</source>
        <translation>É um endereço web</translation>
    </message>
    <message>
        <source>This is a payment code</source>
        <translation>É um código de pagamento</translation>
    </message>
    <message>
        <source>This is a boarding pass</source>
        <translation>É um cartão de embarque</translation>
    </message>
    <message>
        <source>Too bright: turn away</source>
        <translation>Luz a mais: vire um pouco</translation>
    </message>
    <message>
        <source>One more code</source>
        <translation>Mais um código</translation>
    </message>
    <message>
        <source>The first code is read</source>
        <translation>O primeiro código foi lido</translation>
    </message>
    <message>
        <source>Now show: health code</source>
        <translation>Mostre agora: código de saúde</translation>
    </message>
    <message>
        <source>Now show: customs declaration</source>
        <translation>Mostre agora: declaração alfandegária</translation>
    </message>
    <message>
        <source>Now show: itinerary code</source>
        <translation>Mostre agora: código de itinerário</translation>
    </message>
    <message>
        <source>Now show: vaccination record</source>
        <translation>Mostre agora: registo de vacinação</translation>
    </message>
    <message>
        <source>Now show: test result</source>
        <translation>Mostre agora: resultado do teste</translation>
    </message>
    <message>
        <source>Now show: recovery record</source>
        <translation>Mostre agora: registo de recuperação</translation>
    </message>
    <message>
        <source>Now show: exemption certificate</source>
        <translation>Mostre agora: certificado de isenção</translation>
    </message>
    <message>
        <source>Now show: international vaccination certificate</source>
        <translation>Mostre agora: certificado internacional de vacinação</translation>
    </message>
    <message>
        <source>Now show: light certificate</source>
        <translation>Mostre agora: certificado simplificado</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Um momento</translation>
    </message>
    <message>
        <source>The gate is about to open</source>
        <translation>A cancela vai abrir</translation>
    </message>
    <message>
        <source>Please pass</source>
        <translation>Pode passar</translation>
    </message>
    <message>
        <source>Please wait for an officer</source>
        <translation>Aguarde um agente</translation>
    </message>
    <message>
        <source>An officer will look at this with you</source>
        <translation>Um agente vai ver isto consigo</translation>
    </message>
    <message>
        <source>Please stay where you are</source>
        <translation>Fique onde está</translation>
    </message>
    <message>
        <source>Have your document ready</source>
        <translation>Prepare o seu documento</translation>
    </message>
    <message>
        <source>Show the new code here</source>
        <translation>Mostre aqui o novo código</translation>
    </message>
    <message>
        <source>Show another code here</source>
        <translation>Mostre aqui outro código</translation>
    </message>
    <message>
        <source>Or ask at the desk</source>
        <translation>Ou pergunte ao balcão</translation>
    </message>
    <message>
        <source>An officer will open it for you</source>
        <translation>Um agente vai abrir a cancela</translation>
    </message>
    <message>
        <source>Use another lane or ask an officer</source>
        <translation>Use outro canal ou fale com um agente</translation>
    </message>
    <message>
        <source>DEMO – not real</source>
        <translation>DEMO – não é real</translation>
    </message>
    <message>
        <source>PRACTICE – not real</source>
        <translation>TREINO – não é real</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>TREINO</translation>
    </message>
    <message>
        <source>15 cm</source>
        <translation>15 cm</translation>
    </message>
    <message>
        <source>Please stop</source>
        <translation>Pare, por favor</translation>
    </message>
    <message>
        <source>The gate is open: walk straight on</source>
        <translation>A cancela está aberta: siga em frente</translation>
    </message>
    <message>
        <source>The gate is open: walk to the left</source>
        <translation>A cancela está aberta: siga pela esquerda</translation>
    </message>
    <message>
        <source>The gate is open: walk to the right</source>
        <translation>A cancela está aberta: siga pela direita</translation>
    </message>
    <message>
        <source>Please step back from the gate</source>
        <translation>Afaste-se da cancela</translation>
    </message>
    <message>
        <source>Please go to the desk</source>
        <translation>Dirija-se ao balcão</translation>
    </message>
    <message>
        <source>The officers there will help you</source>
        <translation>Os agentes vão ajudar</translation>
    </message>
    <message>
        <source>The gate did not open</source>
        <translation>A cancela não abriu</translation>
    </message>
    <message>
        <source>Your code is accepted</source>
        <translation>O seu código foi aceite</translation>
    </message>
    <message>
        <source>Lane closed</source>
        <translation>Canal fechado</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Fora de serviço</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>Aguarde, por favor</translation>
    </message>
    <message>
        <source>This lane will reopen shortly</source>
        <translation>Continua dentro de momentos</translation>
    </message>
    <message>
        <source>Please use another lane</source>
        <translation>Use outro canal</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>Saia já</translation>
    </message>
    <message>
        <source>Follow the exit signs</source>
        <translation>Siga os sinais de saída</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Câmara</translation>
    </message>
    <message>
        <source>Code reader</source>
        <translation>Leitor de códigos</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Cancela</translation>
    </message>
    <message>
        <source>Record keeping</source>
        <translation>Registo</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Som</translation>
    </message>
    <message>
        <source>A part of this lane</source>
        <translation>Uma peça deste canal</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>Larger letters and stronger contrast</source>
        <translation>Letras maiores e mais contraste</translation>
    </message>
    <message>
        <source>Spoken guidance</source>
        <translation>Orientação por voz</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Mais tempo</translation>
    </message>
    <message>
        <source>Health code check: your slip</source>
        <translation>Controlo do código de saúde: o seu talão</translation>
    </message>
    <message>
        <source>Reference {digits}</source>
        <translation>Referência {digits}</translation>
    </message>
    <message>
        <source>{time} (Hong Kong time)</source>
        <translation>{time} (hora de Hong Kong)</translation>
    </message>
    <message>
        <source>{station}, lane {lane}</source>
        <translation>{station}, canal {lane}</translation>
    </message>
    <message>
        <source>An officer was asked to decide</source>
        <translation>Foi pedida a decisão a um agente</translation>
    </message>
    <message>
        <source>The code was not accepted</source>
        <translation>O código não foi aceite</translation>
    </message>
    <message>
        <source>An officer let you pass</source>
        <translation>Um agente deixou-o passar</translation>
    </message>
    <message>
        <source>An officer did not let you pass</source>
        <translation>Um agente não o deixou passar</translation>
    </message>
    <message>
        <source>You were sent to the desk</source>
        <translation>Foi encaminhado para o balcão</translation>
    </message>
    <message>
        <source>Reason: {words} ({code})</source>
        <translation>Motivo: {words} ({code})</translation>
    </message>
    <message>
        <source>The officer can tell you why</source>
        <translation>O agente pode dizer-lhe porquê</translation>
    </message>
    <message>
        <source>You may object, with this reference:</source>
        <translation>Pode reclamar com esta referência:</translation>
    </message>
    <message>
        <source>the officers at the desk of this station</source>
        <translation>os agentes no balcão deste posto</translation>
    </message>
    <message>
        <source>Call an officer</source>
        <translation>Chamar agente</translation>
    </message>
    <message>
        <source>Calling an officer</source>
        <translation>A chamar agente</translation>
    </message>
    <message>
        <source>Officer called</source>
        <translation>Agente chamado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Your slip</source>
        <translation>O seu talão</translation>
    </message>
    <message>
        <source>What is kept about you</source>
        <translation>O que se guarda de si</translation>
    </message>
    <message>
        <source>More ({at} of {of})</source>
        <translation>Mais ({at} de {of})</translation>
    </message>
    <message>
        <source>An officer will help you</source>
        <translation>Um agente vai ajudar</translation>
    </message>
    <message>
        <source>Use the staffed lane, or call an officer</source>
        <translation>Vá ao canal com agente ou chame-o</translation>
    </message>
    <message>
        <source>No phone or code</source>
        <translation>Sem telemóvel ou código</translation>
    </message>
    <message>
        <source>With a wheelchair</source>
        <translation>Cadeira de rodas</translation>
    </message>
    <message>
        <source>A group, one code</source>
        <translation>Grupo com um código</translation>
    </message>
    <message>
        <source>Make a new code</source>
        <translation>Novo código</translation>
    </message>
    <message>
        <source>With children</source>
        <translation>Com crianças</translation>
    </message>
    <message>
        <source>For your own record</source>
        <translation>Para o seu registo</translation>
    </message>
    <message>
        <source>What this kiosk keeps about you</source>
        <translation>O que esta máquina guarda sobre si</translation>
    </message>
    <message>
        <source>Never kept: your name, document number, date of birth, picture, voice, or the code itself.</source>
        <translation>Nunca se guarda: nome, número do documento, data de nascimento, imagem, voz ou o próprio código.</translation>
    </message>
    <message>
        <source>An officer who helps you sees a masked name while you stand here. It is not kept.</source>
        <translation>O agente que o ajuda vê um nome parcial enquanto aqui está. Não é guardado.</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} dias</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 dia</translation>
    </message>
    <message>
        <source>{least} to {most} days</source>
        <translation>{least} a {most} dias</translation>
    </message>
    <message>
        <source>Kept, then erased:</source>
        <translation>Guarda-se e depois apaga-se:</translation>
    </message>
    <message>
        <source>To read at home</source>
        <translation>Para ler em casa</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>A iniciar</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Um momento, por favor</translation>
    </message>
    <message>
        <source>Touch for more time</source>
        <translation>Toque: mais tempo</translation>
    </message>
</context>
</TS>
