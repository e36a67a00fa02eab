// Generated from functions/openapi.json by `npm run types`. Do not edit.

export interface paths {
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the identity provider
         * @description Spec: L1.
         */
        get: operations["login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the identity provider
         * @description Spec: L1.
         */
        get: operations["login_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The commissions to choose from after login
         * @description Spec: L1.
         */
        get: operations["login_commissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login/commission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose the commission to work on: the login is then complete
         * @description Spec: L1.
         */
        post: operations["choose_login_commission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session on the server
         * @description Spec: L1.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is logged in
         * @description Spec: L1.
         */
        get: operations["current_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/expiry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When the session ends unless it is used; asking is no use
         * @description Spec: L1.
         */
        get: operations["session_expiry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/commission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Work on another of one's commissions
         * @description Spec: L1.
         */
        post: operations["switch_session_commission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where one is logged in, here first
         * @description Spec: L1.
         */
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End another of one's sessions
         * @description Spec: L1.
         */
        delete: operations["end_own_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/end-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all of one's sessions but this
         * @description Spec: L1.
         */
        post: operations["end_own_other_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The units and the staff with their roles
         * @description Spec: L1.
         */
        get: operations["organisation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can be added as Sjukvårdspersonal
         * @description Spec: B2.
         */
        get: operations["colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organisation/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every text that goes out, the organisation's own or the product's
         * @description Spec: B10.
         */
        get: operations["texts"];
        /**
         * Put a text of the organisation's own in place of the product's, or take it back
         * @description Spec: B10.
         */
        put: operations["change_text"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organisation/texts/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How a text would read, and how many SMS it becomes; nothing is kept
         * @description Spec: B10.
         */
        post: operations["preview_text"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My visits of one day, today unless said
         * @description Spec: L2, L3.
         */
        get: operations["agenda"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pending-bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Väntar på patientuppgifter: my bookings from another system that cannot be visits yet
         * @description Spec: V3.
         */
        get: operations["pending_bookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pending-bookings/{booking_id}/number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The whole identity number, to create the patient with; logged
         * @description Spec: V3, S6.
         */
        post: operations["pending_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pending-bookings/{booking_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make it a visit and send its link, with a child's ombud chosen
         * @description Spec: V3, P6.
         */
        post: operations["complete_booking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Is this person a patient of the organisation
         * @description Spec: P1, P2.
         */
        post: operations["search_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the population register says of a person
         * @description Spec: P3, P5.
         */
        post: operations["look_up_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a patient; 200 when already there
         * @description Spec: P2, P3, P4.
         */
        post: operations["create_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{patient_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One patient
         * @description Spec: P1, P6.
         */
        get: operations["patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{patient_id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uppdatera: fetch from the population register anew; written contacts stay
         * @description Spec: P3, P5.
         */
        post: operations["refresh_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{patient_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change phone and e-mail
         * @description Spec: P4.
         */
        put: operations["change_contacts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{patient_id}/guardians/{guardian_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change how a guardian is reached; either may be empty
         * @description Spec: P4, P6.
         */
        put: operations["change_guardian_contacts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{patient_id}/number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The whole identity number, asked for on purpose and logged
         * @description Spec: S6.
         */
        post: operations["full_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a booking would send, without booking
         * @description Spec: B2.
         */
        post: operations["preview_booking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book a visit and send its invitations; 200 when this request has booked already
         * @description Spec: B2, B3.
         */
        post: operations["book_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The visit page
         * @description Spec: S1.
         */
        get: operations["visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ta emot; again is harmless
         * @description Spec: L3, S1.
         */
        post: operations["receive_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starta besök; again is harmless
         * @description Spec: S1.
         */
        post: operations["start_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Avsluta besök: links and chat end, and a call that runs
         * @description Spec: S5.
         */
        post: operations["end_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/no-show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uteblev; not before the visit's time
         * @description Spec: S5, B9.
         */
        post: operations["mark_no_show"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The staff's note
         * @description Spec: S3.
         */
        get: operations["note"];
        /**
         * Save the note under the version it was written on
         * @description Spec: S3.
         */
        put: operations["save_note"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Another ombud or primary contact: the former ombud's link dies at once, the new one is invited
         * @description Spec: P6, B4.
         */
        put: operations["change_relations"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/reschedule/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What moving the visit would send, and what it would overlap, without moving it
         * @description Spec: B9.
         */
        post: operations["preview_rescheduling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Omboka: everyone is told, and keeps their link; the same request again is harmless
         * @description Spec: B9, B4.
         */
        post: operations["reschedule_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/cancel/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What cancelling the visit would send, without cancelling it
         * @description Spec: B9.
         */
        post: operations["preview_cancelling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Avboka: links say so at once, and everyone invited is told; again is harmless
         * @description Spec: B9.
         */
        post: operations["cancel_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/participants/{participant_id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Someone's own link, to copy
         * @description Spec: B2, G3, B10.
         */
        post: operations["copy_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interpreter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom Lägg till tolk fills in
         * @description Spec: G3.
         */
        get: operations["interpreter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/participants/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the new participants would be sent, and which of the clinicians are booked then, without adding them
         * @description Spec: G1, B9.
         */
        post: operations["preview_participants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add guests, staff and colleagues, and invite them; the same request again adds nobody
         * @description Spec: G1, G3, G4.
         */
        post: operations["add_participants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/participants/{participant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take someone out of the visit, its links and its call; again is harmless
         * @description Spec: G1, G5.
         */
        delete: operations["remove_participant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/participants/{participant_id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send someone their invitation again, to a corrected number or address too; the same request again sends nothing
         * @description Spec: B10, P4, G2.
         */
        post: operations["invite_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chat so far
         * @description Spec: S2.
         */
        get: operations["chat"];
        put?: never;
        /**
         * Write in the chat; the same message_id is stored once
         * @description Spec: S2.
         */
        post: operations["send_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/call/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the visit's one call, or join it
         * @description Spec: C1, S4.
         */
        post: operations["join_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visits/{visit_id}/call/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How the call was
         * @description Spec: C9.
         */
        post: operations["rate_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the visitor's page needs to know beforehand */
        get: operations["visitor_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a link's token for a session that is not yet let in
         * @description Spec: G5.
         */
        post: operations["open_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The visitor's page
         * @description Spec: S7, G2.
         */
        get: operations["visitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Använd här i stället: the link anew on a device that another has replaced
         * @description Spec: G2.
         */
        post: operations["use_here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/eid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an identification that only the invited person can complete
         * @description Spec: G6.
         */
        post: operations["start_eid"];
        /**
         * Give up the identification
         * @description Spec: G6.
         */
        delete: operations["cancel_eid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/eid/collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How far the identification has come, and the QR code of this second
         * @description Spec: G6.
         */
        post: operations["collect_eid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/enter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A guest says who they are and is let in
         * @description Spec: G2.
         */
        post: operations["enter_as_guest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session; the link stays, and whoever was inside has half an hour to identify again
         * @description Spec: S7.
         */
        post: operations["leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/late": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Jag blir sen: staff sees it at once; again is harmless
         * @description Spec: B11.
         */
        post: operations["report_late"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel the visit, or of a group one's own place; again is harmless
         * @description Spec: B11, B8.
         */
        post: operations["cancel_own"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The visit for one's own calendar, as text/calendar (RFC 5545)
         * @description Spec: B11.
         */
        get: operations["calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/language": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The language of one's later messages
         * @description Spec: B11.
         */
        put: operations["change_language"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/display-name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * What the others of the group see one called; staff sees both names
         * @description Spec: B8.
         */
        put: operations["change_display_name"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chat so far; never for guests
         * @description Spec: S2.
         */
        get: operations["visitor_chat"];
        put?: never;
        /**
         * Write in the chat; never for guests
         * @description Spec: S2.
         */
        post: operations["visitor_send_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/call/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept the call request
         * @description Spec: C3.
         */
        post: operations["visitor_join_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/call/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How the call was
         * @description Spec: C9.
         */
        post: operations["visitor_rate_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The access log, newest first
         * @description Spec: S6.
         */
        post: operations["search_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A random sample of the access log, for the systematic follow-up
         * @description Spec: S6.
         */
        post: operations["sample_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/extract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who has had access to one patient's data, for the patient to read
         * @description Spec: S6.
         */
        post: operations["extract_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/messages/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What came in from other systems and what became of it, newest first
         * @description Spec: V1.
         */
        post: operations["search_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/messages/{message_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A message word for word; logged
         * @description Spec: V1, S6.
         */
        post: operations["read_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/messages/{message_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run it again, as if it had been delivered now; what has come to pass already changes nothing
         * @description Spec: V1.
         */
        post: operations["replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A token for another system: client credentials by `client_secret_basic` or `private_key_jwt`
         * @description Spec: V5.
         */
        post: operations["token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/R4/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this FHIR server can do (CapabilityStatement)
         * @description Spec: V1.
         */
        get: operations["capabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/R4/Appointment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The booking with this identifier (`?identifier=system|value`), in a Bundle
         * @description Spec: V1.
         */
        get: operations["search_appointment"];
        /**
         * The booking with this identifier (`?identifier=system|value`), new or as it is now
         * @description Spec: V1, V2, V3, V4.
         */
        put: operations["put_appointment_by_identifier"];
        /**
         * A booking, new or as it is now; `If-None-Exist` leaves one that is there alone
         * @description Spec: V1, V2, V3.
         */
        post: operations["create_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/R4/Appointment/{booking_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A booking as it stands here
         * @description Spec: V1.
         */
        get: operations["read_appointment_by_id"];
        /**
         * A booking as it is now, by the id it has here; `If-Match` only in the version that was seen
         * @description Spec: V1, V2, V3, V4.
         */
        put: operations["put_appointment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/R4/Patient/{patient_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The patient of a booking, as far as a booking system needs them; logged
         * @description Spec: V1, S6.
         */
        get: operations["read_patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/R4/Practitioner/{hsa_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A clinician of the organisation, by HSA-id
         * @description Spec: V1.
         */
        get: operations["read_practitioner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AddParticipants
         * @description `request_id` is made when the form opens: the same one adds once, however often it is sent.
         *
         *         `staff` are added as Sjukvårdspersonal, `colleagues` as gäst i besöket; either log in as staff.
         */
        AddParticipants: {
            request_id: string;
            /** @default [] */
            guests: components["schemas"]["NewGuest"][];
            /** @default [] */
            staff: string[];
            /** @default [] */
            colleagues: string[];
        };
        /**
         * Agenda
         * @description One local day. `next_visit_at`: the first visit after an empty day.
         */
        Agenda: {
            /** Format: date */
            today: string;
            /** Format: date */
            date: string;
            entries: components["schemas"]["AgendaEntry"][];
            next_visit_at: string | null;
        };
        /**
         * AgendaEntry
         * @description One row of the start page. A protected patient's `patient_name` is empty. `invited`: as a guest of the visit (G4).
         *
         *         `patients`: how many; a group has no `patient_name`. `late`: so many minutes, as the patient has told (B11).
         *         `unreached`: how many have not got the newest of what they were sent, and are not here either (B10).
         */
        AgendaEntry: {
            visit_id: string;
            starts_at: string;
            ends_at: string;
            /** @enum {unknown} */
            kind: "adult" | "child" | "youth";
            /** @enum {unknown} */
            status: "avbokat" | "avslutat" | "bokat" | "mottaget" | "pagaende" | "uteblivet";
            patient_name: string;
            protected: boolean;
            reason: string;
            waiting: components["schemas"]["AgendaWaiting"][];
            received: components["schemas"]["Received"] | null;
            call_running: boolean;
            invited: boolean;
            /** @enum {unknown} */
            form: "group" | "individual" | "relative" | "team";
            patients: number;
            late: number | null;
            external: boolean;
            unreached: number;
        };
        /** AgendaWaiting */
        AgendaWaiting: {
            name: string;
            since: string;
            away: boolean;
        };
        /** Appointment */
        Appointment: {
            /** @enum {unknown} */
            resourceType: "Appointment";
            /** @default null */
            id: string | null;
            /** @default null */
            meta: components["schemas"]["Meta"] | null;
            /** @default [] */
            contained: components["schemas"]["Contained"][];
            /** @default [] */
            extension: components["schemas"]["Extension"][];
            /** @default [] */
            identifier: components["schemas"]["Identifier"][];
            /** @enum {unknown} */
            status: "arrived" | "booked" | "cancelled" | "checked-in" | "entered-in-error" | "fulfilled" | "noshow" | "pending" | "proposed" | "waitlist";
            /** @default [] */
            serviceCategory: components["schemas"]["CodeableConcept"][];
            /** @default [] */
            serviceType: components["schemas"]["CodeableConcept"][];
            /** @default null */
            appointmentType: components["schemas"]["CodeableConcept"] | null;
            /** @default [] */
            reasonCode: components["schemas"]["CodeableConcept"][];
            /** @default null */
            start: string | null;
            /** @default null */
            end: string | null;
            /** @default null */
            minutesDuration: number | null;
            /** @default [] */
            participant: components["schemas"]["Participant"][];
        };
        /**
         * AuditEntryView
         * @description `user` is an HSA-id, or empty for someone who came by a link and for another system. `patient`
         *         is masked, and null where no patient, an unknown one or several are concerned; `shown_visits` is what a list showed.
         */
        AuditEntryView: {
            audit_id: string;
            at: string;
            user: string;
            user_name: string;
            user_title: string;
            unit_name: string;
            action: string;
            /** @enum {unknown} */
            kind: "other" | "read" | "write";
            /** @enum {unknown} */
            result: "denied" | "not_found" | "ok";
            patient: string | null;
            visit_id: string;
            shown_day: string | null;
            shown_visits: string[];
        };
        /**
         * AuditExtract
         * @description `name` is empty where the identity is protected or the person no patient. With a `cursor` there may be more.
         */
        AuditExtract: {
            org_name: string;
            name: string;
            protected: boolean;
            number_masked: string;
            /** Format: date */
            from_day: string;
            /** Format: date */
            to_day: string;
            created_at: string;
            entries: components["schemas"]["AuditEntryView"][];
            cursor: string | null;
        };
        /**
         * AuditPage
         * @description Newest first. With a `cursor` there may be more, before `searched_to`.
         */
        AuditPage: {
            entries: components["schemas"]["AuditEntryView"][];
            cursor: string | null;
            searched_to: string | null;
        };
        /**
         * BookVisit
         * @description `request_id` is made when the wizard opens: the same one books once, however often it is sent (B2).
         *
         *         `patients`: one, and 2 to 20 of a group. `kind`: by the patient's age; of a group and a relative `adult`. `start_now`
         *         is a drop-in visit: it starts now, whatever `starts_at` says, and is received and started at once.
         */
        BookVisit: {
            request_id: string;
            patients: components["schemas"]["BookedPatient"][];
            /** Format: date-time */
            starts_at: string;
            duration_minutes: number;
            reason: string;
            /**
             * @default adult
             * @enum {unknown}
             */
            kind: "adult" | "child" | "youth";
            /**
             * @default individual
             * @enum {unknown}
             */
            form: "group" | "individual" | "relative" | "team";
            /** @default false */
            start_now: boolean;
            /** @default null */
            repeat: components["schemas"]["Repeat"] | null;
            /** @default [] */
            staff: string[];
            /** @default [] */
            guests: components["schemas"]["NewGuest"][];
            /** @default [] */
            relations: components["schemas"]["RelationChoice"][];
        };
        /**
         * BookedPatient
         * @description `display_name`: what the other patients of a group see; empty for `Deltagare 1` and so on (B8).
         */
        BookedPatient: {
            patient_id: string;
            /** @default  */
            display_name: string;
            /**
             * @default sv
             * @enum {unknown}
             */
            language: "en" | "sv";
        };
        /**
         * BookedVisit
         * @description `guest_link`: a link that admits one guest, for **Kopiera inbjudningslänk**. `series`: of a repeated visit all of
         *         them, `visit` being the first; else empty.
         */
        BookedVisit: {
            visit: components["schemas"]["VisitView"];
            guest_link: string;
            series: components["schemas"]["SeriesVisit"][];
        };
        /**
         * BookingPreview
         * @description `series`: of a repeated visit each of them, the first one too; else empty.
         */
        BookingPreview: {
            messages: components["schemas"]["MessagePreview"][];
            /** @default [] */
            overlaps: components["schemas"]["Overlap"][];
            /** @default [] */
            series: components["schemas"]["PlannedVisit"][];
        };
        /** Bundle */
        Bundle: {
            /** @enum {unknown} */
            resourceType: "Bundle";
            /** @enum {unknown} */
            type: "searchset";
            total: number;
            /** @default [] */
            entry: components["schemas"]["Entry"][];
        };
        /**
         * CallView
         * @description The call that runs now. `staff_connected` > 0: the patient has the call request.
         */
        CallView: {
            call_id: string;
            staff_connected: number;
            connected: number;
        };
        /**
         * CancelOwnVisit
         * @description Nothing is asked for.
         */
        CancelOwnVisit: Record<string, never>;
        /**
         * CancelVisit
         * @description `reason` is for staff; nobody outside the clinic is told it.
         */
        CancelVisit: {
            sequence: number;
            reason: string;
        };
        /** CancellationPreview */
        CancellationPreview: {
            messages: components["schemas"]["MessagePreview"][];
        };
        /**
         * ChangeContacts
         * @description `version`: the patient's that was seen; a newer one answers 409 `changed_meanwhile`.
         */
        ChangeContacts: {
            version: number;
            phone: string;
            /** @default  */
            email: string;
        };
        /** ChangeDisplayName */
        ChangeDisplayName: {
            display_name: string;
        };
        /** ChangeLanguage */
        ChangeLanguage: {
            /** @enum {unknown} */
            language: "en" | "sv";
        };
        /**
         * ChangePatientContacts
         * @description `relative` as in `CreatePatient`.
         */
        ChangePatientContacts: {
            version: number;
            phone: string;
            /** @default  */
            email: string;
            /** @default false */
            relative: boolean;
        };
        /** ChangeRelations */
        ChangeRelations: {
            relations: components["schemas"]["RelationChoice"][];
        };
        /**
         * ChangeText
         * @description `text` null: the product's own again. `replaces`: the text as it was read, so that nobody else's change is written
         *         over; empty for whatever it is.
         */
        ChangeText: {
            key: string;
            text: string | null;
            /** @default  */
            replaces: string;
        };
        /** ChatHistory */
        ChatHistory: {
            messages: components["schemas"]["ChatMessageView"][];
        };
        /** ChatMessageView */
        ChatMessageView: {
            message_id: string;
            author_id: string;
            author_name: string;
            /** @enum {unknown} */
            author_role: "colleague" | "guest" | "ombud" | "patient" | "staff";
            text: string;
            sent_at: string;
        };
        /** ChooseCommission */
        ChooseCommission: {
            commission_id: string;
        };
        /** CodeableConcept */
        CodeableConcept: {
            /** @default [] */
            coding: components["schemas"]["Coding"][];
            /** @default null */
            text: string | null;
        };
        /** Coding */
        Coding: {
            /** @default null */
            system: string | null;
            /** @default null */
            code: string | null;
            /** @default null */
            display: string | null;
        };
        /**
         * Colleague
         * @description Someone who can be added as Sjukvårdspersonal.
         */
        Colleague: {
            hsa_id: string;
            name: string;
            title: string;
            unit_name: string;
        };
        /**
         * Commission
         * @description A commission (medarbetaruppdrag) to work on; `purpose` in HSA's words.
         */
        Commission: {
            commission_id: string;
            name: string;
            purpose: string;
            unit_name: string;
        };
        /**
         * CommissionChoice
         * @description Who has come from the identity provider, and what they may choose from.
         */
        CommissionChoice: {
            name: string;
            commissions: components["schemas"]["Commission"][];
        };
        /**
         * CompleteBooking
         * @description `relations`: the child's ombud and primary contact, as in a booking; empty for who needs none.
         */
        CompleteBooking: {
            /** @default [] */
            relations: components["schemas"]["RelationChoice"][];
        };
        /**
         * Contained
         * @description A resource inside another; only Patient and Practitioner are looked at.
         */
        Contained: {
            resourceType: string;
            /** @default null */
            id: string | null;
            /** @default [] */
            identifier: components["schemas"]["Identifier"][];
        };
        /**
         * CreatePatient
         * @description `phone` in any written form, and empty only for a child with an ombud; an empty `email` is none.
         *
         *         `relative`: of one who is booked without a patient either is enough (B7).
         */
        CreatePatient: {
            number: string;
            /** @default  */
            phone: string;
            /** @default  */
            email: string;
            /** @default false */
            relative: boolean;
        };
        /**
         * Delivery
         * @description One message to the person. `reason`: `invitation`, `moved`, `cancelled`, `reminder_morning`, `reminder_soon` or
         *         `started`; `at`: when it was last written, sent or told of. `failure`: why it has not come.
         */
        Delivery: {
            reason: string;
            /** @enum {unknown} */
            channel: "email" | "sms";
            /** @enum {unknown} */
            state: "bounced" | "delivered" | "failed" | "none" | "queued" | "sent";
            at: string;
            failure: ("daily_cap" | "no_answer" | "no_such_address" | "not_delivered" | "refused") | null;
        };
        /**
         * EidView
         * @description `qr` is the text of the animated code now (ask again each second); null when there is nothing to scan.
         *
         *         `text_id` names the text for the user: BankID's recommended one (RFA1 ...), or ours (FREJA_STARTED ...).
         */
        EidView: {
            /** @enum {unknown} */
            provider: "bankid" | "freja";
            /** @enum {unknown} */
            status: "complete" | "failed" | "pending";
            hint_code: string;
            text_id: string;
            qr: string | null;
            auto_start_token: string;
        };
        /**
         * EndVisit
         * @description `end_call` false while a call runs answers 409 `call_running`, so that the UI can ask first (S5).
         */
        EndVisit: {
            /** @default false */
            end_call: boolean;
        };
        /** EnterAsGuest */
        EnterAsGuest: {
            name: string;
        };
        /** Entry */
        Entry: {
            fullUrl: string;
            resource: components["schemas"]["Appointment"];
        };
        /** Extension */
        Extension: {
            url: string;
            /** @default null */
            valueBoolean: boolean | null;
            /** @default null */
            valueCode: string | null;
            /** @default null */
            valueString: string | null;
        };
        /** ExtractAudit */
        ExtractAudit: {
            number: string;
            /** Format: date */
            from_day: string;
            /** Format: date */
            to_day: string;
            /** @default null */
            cursor: string | null;
        };
        /**
         * FullNumber
         * @description The whole number, asked for on purpose and logged (`19440813-9089`).
         */
        FullNumber: {
            number: string;
        };
        /**
         * GuardianView
         * @description A guardian of a child; a protected one's name and number are empty.
         *
         *         `refusal`: why they cannot be the child's ombud; null when they can (P5).
         */
        GuardianView: {
            guardian_id: string;
            name: string;
            number_masked: string;
            protected: boolean;
            deceased: boolean;
            refusal: ("child_protected" | "guardian_deceased" | "guardian_protected") | null;
            phone: string;
            email: string | null;
        };
        /** GuestLink */
        GuestLink: {
            url: string;
        };
        /** Health */
        Health: {
            /**
             * @default ok
             * @enum {unknown}
             */
            status: "ok";
        };
        /** HumanName */
        HumanName: {
            /** @default null */
            use: string | null;
            /** @default null */
            family: string | null;
            /** @default [] */
            given: string[];
        };
        /** Identifier */
        Identifier: {
            /** @default null */
            use: string | null;
            /** @default null */
            system: string | null;
            /** @default null */
            value: string | null;
        };
        /**
         * Interpreter
         * @description Whom **Lägg till tolk** fills in.
         */
        Interpreter: {
            given_name: string;
            family_name: string;
            email: string;
        };
        /**
         * InviteAgain
         * @description Where the invitation is to go. `request_id` is made when the form opens: the same one invites once.
         *
         *         `invited_again` and `patient_version` are those that the writer saw: when either has changed the answer is 409
         *         `changed_meanwhile`. A guest has no `patient_version`; an ombud's is the child's.
         */
        InviteAgain: {
            request_id: string;
            invited_again: number;
            /** @default  */
            phone: string;
            /** @default  */
            email: string;
            /** @default 0 */
            patient_version: number;
        };
        /**
         * Issue
         * @description `code`: of the value set IssueType. `details.text` is a fixed sentence, `details.coding` our own stable code.
         */
        Issue: {
            /** @enum {unknown} */
            severity: "error" | "information" | "warning";
            code: string;
            /** @default null */
            details: components["schemas"]["CodeableConcept"] | null;
            /** @default [] */
            expression: string[];
        };
        /**
         * JoinAnswer
         * @description Open a WebSocket to `media_path` on this origin and send `token` first (docs/protocol.md §2).
         *
         *         `epoch` grows each time the call moves to another media node.
         */
        JoinAnswer: {
            call_id: string;
            epoch: number;
            media_path: string;
            token: string;
            ice_servers: Record<string, never>[];
            participant_id: string;
            name: string;
            /** @enum {unknown} */
            role: "guest" | "patient" | "staff";
            title: string;
        };
        /**
         * Late
         * @description Jag blir sen: so many minutes, told `at` (B11).
         */
        Late: {
            minutes: number;
            at: string;
        };
        /**
         * LinkSender
         * @description Whose dead link it was, and the number to call, which may be empty. `form` and `role`: of the visit and of who was
         *         invited by the link, as a guest when that is not known any more; it tells what to call the visit.
         */
        LinkSender: {
            name: string;
            phone: string;
            /** @enum {unknown} */
            form: "group" | "individual" | "relative" | "team";
            /** @enum {unknown} */
            role: "guest" | "ombud" | "patient";
        };
        /**
         * LoggedIn
         * @description Where the login was to lead.
         */
        LoggedIn: {
            return_to: string;
        };
        /**
         * LoggedOut
         * @description Where the browser goes to end the identity provider's session too.
         */
        LoggedOut: {
            redirect_to: string;
        };
        /** Me */
        Me: {
            participant_id: string;
            is_owner: boolean;
            /** @enum {unknown} */
            role: "colleague" | "staff";
        };
        /**
         * MemberView
         * @description Someone of the staff, with their roles in the organisation.
         */
        MemberView: {
            hsa_id: string;
            name: string;
            title: string;
            unit_name: string;
            roles: ("admin" | "clinician" | "support")[];
        };
        /**
         * MessagePreview
         * @description What one person will receive, in the words they will see; the link is shown as `https://.../b#...`.
         */
        MessagePreview: {
            name: string;
            /** @enum {unknown} */
            role: "colleague" | "guest" | "ombud" | "patient" | "staff";
            /** @enum {unknown} */
            channel: "email" | "sms";
            text: string;
            segments: number;
        };
        /**
         * MessageSummary
         * @description `system`: who delivered it. `why`: the code of what was decided or refused, which the pages put into words.
         */
        MessageSummary: {
            message_id: string;
            received_at: string;
            system: string;
            /** @enum {unknown} */
            operation: "create" | "replay" | "update";
            external_id: string;
            /** @enum {unknown} */
            outcome: "cancelled" | "created" | "ignored" | "pending" | "rejected" | "unchanged" | "updated";
            why: string;
            visit_id: string | null;
        };
        /**
         * Messages
         * @description Newest first. `more`: there are older ones within the days asked for; ask for fewer days.
         */
        Messages: {
            messages: components["schemas"]["MessageSummary"][];
            more: boolean;
        };
        /** Meta */
        Meta: {
            /** @default null */
            versionId: string | null;
            /** @default null */
            lastUpdated: string | null;
            /** @default [] */
            security: components["schemas"]["Coding"][];
        };
        /**
         * NewGuest
         * @description An external guest (G1); phone or e-mail, either is enough (G2).
         */
        NewGuest: {
            name: string;
            /** @default  */
            phone: string;
            /** @default  */
            email: string;
            /**
             * @default other
             * @enum {unknown}
             */
            kind: "interpreter" | "other" | "relative";
        };
        /** NoteView */
        NoteView: {
            text: string;
            version: number;
            saved_at: string | null;
            saved_by: string;
        };
        /**
         * NumberQuery
         * @description A full identity number as written by the user; in the body, so that it is in no URL or access log.
         */
        NumberQuery: {
            number: string;
        };
        /**
         * OpenLink
         * @description The token stands after `#` in the link, so that it reaches no log; it is sent here in the body.
         */
        OpenLink: {
            token: string;
        };
        /** OperationOutcome */
        OperationOutcome: {
            /** @enum {unknown} */
            resourceType: "OperationOutcome";
            issue: components["schemas"]["Issue"][];
        };
        /** OrganisationView */
        OrganisationView: {
            name: string;
            units: components["schemas"]["UnitView"][];
            staff: components["schemas"]["MemberView"][];
        };
        /**
         * Overlap
         * @description A visit that a clinician has at the same time: warned of, never refused (B9).
         */
        Overlap: {
            hsa_id: string;
            name: string;
            starts_at: string;
            ends_at: string;
        };
        /**
         * OwnSession
         * @description One place where its owner is logged in. `browser` and `system` are empty where they are not known.
         */
        OwnSession: {
            session_id: string;
            browser: string;
            system: string;
            unit_name: string;
            started_at: string;
            used_at: string;
            is_current: boolean;
        };
        /** Participant */
        Participant: {
            /** @default [] */
            type: components["schemas"]["CodeableConcept"][];
            /** @default null */
            actor: components["schemas"]["Reference"] | null;
            /** @default null */
            status: string | null;
        };
        /**
         * ParticipantView
         * @description `guest_kind` of guests alone. `removable`: the visit can do without them (G1). `display_name`: of a group's patients
         *         alone. `deliveries`: of each message, newest first; `delivery`: of the newest one. `phone` and `email`: where they were
         *         invited, for the visit's staff. `invited_again`: how often since; null for who cannot be.
         */
        ParticipantView: {
            participant_id: string;
            /** @enum {unknown} */
            role: "colleague" | "guest" | "ombud" | "patient" | "staff";
            name: string;
            presence: components["schemas"]["Presence"];
            /** @enum {unknown} */
            delivery: "bounced" | "delivered" | "failed" | "none" | "queued" | "sent";
            is_owner: boolean;
            guest_kind: ("interpreter" | "other" | "relative") | null;
            removable: boolean;
            display_name: string;
            /** @enum {unknown} */
            language: "en" | "sv";
            late: components["schemas"]["Late"] | null;
            deliveries: components["schemas"]["Delivery"][];
            phone: string;
            email: string;
            invited_again: number | null;
        };
        /** Patient */
        Patient: {
            /** @enum {unknown} */
            resourceType: "Patient";
            id: string;
            /** @default null */
            meta: components["schemas"]["Meta"] | null;
            /** @default [] */
            identifier: components["schemas"]["Identifier"][];
            active: boolean;
            /** @default [] */
            name: components["schemas"]["HumanName"][];
        };
        /**
         * PatientOfVisit
         * @description `version`, `problem`, `guardians` and `guardians_withheld` are those of `PatientView`.
         */
        PatientOfVisit: {
            participant_id: string;
            display_name: string;
            patient_id: string;
            version: number;
            name: string;
            age: number | null;
            number_masked: string;
            phone: string;
            email: string | null;
            protected: boolean;
            protected_registration: boolean;
            problem: ("deceased" | "deregistered" | "referred") | null;
            guardians: components["schemas"]["GuardianView"][];
            guardians_withheld: boolean;
        };
        /**
         * PatientSearchResult
         * @description `found` false: the patient is not in the organisation; `number_masked` shows what was searched.
         */
        PatientSearchResult: {
            found: boolean;
            number_masked: string;
            patient: components["schemas"]["PatientView"] | null;
        };
        /**
         * PatientView
         * @description A patient of this organisation. The number is masked (`1944-08-13-••••`); all but contacts is the register's, as of
         *         `fetched_at`.
         *
         *         `kind`: of a visit today. `protected`: protected identity of either kind; `protected_registration`: skyddad
         *         folkbokföring. `problem`: nothing can be booked; `referred_to` is then the newer number in whole, where there is one.
         *         `guardians_withheld`: the register tells nothing of a protected child's guardians. `version`: what changes name.
         */
        PatientView: {
            patient_id: string;
            version: number;
            number_masked: string;
            given_name: string;
            family_name: string;
            birth_date: string | null;
            age: number | null;
            /** @enum {unknown} */
            kind: "adult" | "child" | "youth";
            protected: boolean;
            protected_registration: boolean;
            problem: ("deceased" | "deregistered" | "referred") | null;
            referred_to: string | null;
            phone: string;
            email: string | null;
            guardians: components["schemas"]["GuardianView"][];
            guardians_withheld: boolean;
            fetched_at: string;
        };
        /**
         * PendingBooking
         * @description A booking under **Väntar på patientuppgifter**. `name` is empty, and `patient_id` null, for an unknown patient; a
         *         protected one's name is empty too. `missing`: what it waits for.
         */
        PendingBooking: {
            booking_id: string;
            starts_at: string;
            ends_at: string;
            reason: string;
            /** @enum {unknown} */
            missing: "contact" | "not_bookable" | "ombud" | "unknown_patient";
            number_masked: string;
            patient_id: string | null;
            name: string;
            protected: boolean;
        };
        /**
         * PendingBookings
         * @description Mine, in order of time.
         */
        PendingBookings: {
            bookings: components["schemas"]["PendingBooking"][];
        };
        /** Person */
        Person: {
            hsa_id: string;
            name: string;
        };
        /** PlannedVisit */
        PlannedVisit: {
            starts_at: string;
        };
        /** Practitioner */
        Practitioner: {
            /** @enum {unknown} */
            resourceType: "Practitioner";
            id: string;
            /** @default [] */
            identifier: components["schemas"]["Identifier"][];
            active: boolean;
            /** @default [] */
            name: components["schemas"]["HumanName"][];
        };
        /**
         * Presence
         * @description `since`: when that state began. `away`: was in the waiting room, the socket is closed (a sleeping phone).
         */
        Presence: {
            /** @enum {unknown} */
            state: "away" | "in_call" | "invited" | "waiting";
            since: string | null;
        };
        /** PreviewText */
        PreviewText: {
            key: string;
            text: string;
        };
        /**
         * Problem
         * @description `code` is stable and is what the UI translates; `detail` is for the developer. `field` names the input at fault,
         *         `sender` of a dead link who sent it.
         */
        Problem: {
            title: string;
            status: number;
            code: string;
            detail: string;
            /** @default null */
            field: string | null;
            /** @default null */
            sender: components["schemas"]["LinkSender"] | null;
        };
        /**
         * RateCall
         * @description 1 Mycket dålig, 2 Dålig, 3 Medel, 4 Bra, 5 Utmärkt; the three lowest may say what was wrong.
         */
        RateCall: {
            call_id: string;
            score: number;
            /** @default [] */
            problems: ("delay" | "dropped" | "other" | "picture" | "sound")[];
            /** @default  */
            text: string;
        };
        /**
         * Rebooked
         * @description `name`: of the clinician; empty for the patient and for the booking system.
         */
        Rebooked: {
            name: string;
            at: string;
        };
        /** Received */
        Received: {
            by: string;
            at: string;
        };
        /** Reference */
        Reference: {
            /** @default null */
            reference: string | null;
            /** @default null */
            type: string | null;
            /** @default null */
            identifier: components["schemas"]["Identifier"] | null;
            /** @default null */
            display: string | null;
        };
        /**
         * RegisterView
         * @description What the population register says of someone not yet a patient. `problem` set: no patient can be created.
         *
         *         The other fields are those of `PatientView`.
         */
        RegisterView: {
            number_masked: string;
            given_name: string;
            family_name: string;
            birth_date: string | null;
            age: number | null;
            /** @enum {unknown} */
            kind: "adult" | "child" | "youth";
            protected: boolean;
            protected_registration: boolean;
            problem: ("deceased" | "deregistered" | "referred") | null;
            referred_to: string | null;
            guardians: components["schemas"]["GuardianView"][];
            guardians_withheld: boolean;
            fetched_at: string;
        };
        /**
         * RelationChoice
         * @description What a guardian of the patient is in the visit: a child has exactly one ombud, others none (P6).
         */
        RelationChoice: {
            guardian_id: string;
            /** @default false */
            ombud: boolean;
            /** @default false */
            primary_contact: boolean;
        };
        /**
         * Relations
         * @description The guardians who are ombud and primary contact in this visit; `invited_phone`: where the ombud was invited.
         */
        Relations: {
            ombud_id: string | null;
            invited_phone: string | null;
            primary_contact_id: string | null;
        };
        /**
         * Repeat
         * @description `count` visits in all, at the same Swedish clock time.
         */
        Repeat: {
            every_weeks: number;
            count: number;
        };
        /**
         * ReportLate
         * @description Minutes after the planned start.
         */
        ReportLate: {
            /** @enum {unknown} */
            minutes: 5 | 10 | 15 | 30;
        };
        /**
         * RescheduleVisit
         * @description `sequence`: that of the visit as the page showed it; another answers 409 `booking_changed`. Null stays as it is.
         *
         *         `kind` where the patient's age on the new day makes the visit another one. `relations` only to change them with it.
         */
        RescheduleVisit: {
            sequence: number;
            /** Format: date-time */
            starts_at: string;
            duration_minutes: number;
            /** @default null */
            reason: string | null;
            /** @default null */
            owner_hsa_id: string | null;
            /** @default null */
            kind: ("adult" | "child" | "youth") | null;
            /** @default [] */
            relations: components["schemas"]["RelationChoice"][];
        };
        /** SampleAudit */
        SampleAudit: {
            /** @default null */
            from_day: string | null;
            /** @default null */
            to_day: string | null;
            /** @default 10 */
            size: number;
        };
        /**
         * SaveNote
         * @description `version`: the one the text was written on; another's newer note answers 409 `changed_meanwhile`.
         */
        SaveNote: {
            text: string;
            version: number;
        };
        /**
         * SearchAudit
         * @description Swedish days, both included, at most 31 (with `number` six years); today where none is given.
         */
        SearchAudit: {
            /** @default null */
            from_day: string | null;
            /** @default null */
            to_day: string | null;
            /** @default  */
            user: string;
            /** @default  */
            number: string;
            /** @default  */
            visit_id: string;
            /** @default  */
            action: string;
            /** @default null */
            result: ("denied" | "not_found" | "ok") | null;
            /** @default null */
            cursor: string | null;
        };
        /**
         * SearchMessages
         * @description Swedish days, both included, at most 31; today where none is given. `external_id`: one booking's, as the other
         *         system names it.
         */
        SearchMessages: {
            /** @default null */
            from_day: string | null;
            /** @default null */
            to_day: string | null;
            /** @default null */
            outcome: ("cancelled" | "created" | "ignored" | "pending" | "rejected" | "unchanged" | "updated") | null;
            /** @default  */
            external_id: string;
        };
        /**
         * SendChat
         * @description `message_id` is made by the client: a message sent again after a lost answer is stored once.
         */
        SendChat: {
            message_id: string;
            text: string;
        };
        /** SeriesVisit */
        SeriesVisit: {
            visit_id: string;
            starts_at: string;
        };
        /**
         * SessionExpiry
         * @description `can_be_extended`: by using it. Twelve hours after login it ends whatever is done.
         */
        SessionExpiry: {
            seconds_left: number;
            can_be_extended: boolean;
        };
        /**
         * StaffSession
         * @description Who of the staff is logged in, and for how long unless they do something.
         *
         *         `csrf_token` goes back in `X-CSRF-Token` with every state change.
         */
        StaffSession: {
            hsa_id: string;
            name: string;
            given_name: string;
            org_id: string;
            org_name: string;
            unit_id: string;
            unit_name: string;
            roles: ("admin" | "clinician" | "support")[];
            commission_id: string;
            commissions: components["schemas"]["Commission"][];
            csrf_token: string;
            join_button_text: string;
            seconds_left: number;
            child_age_limit: number;
        };
        /**
         * StartEid
         * @description `provider`: one of the settings' `eid_providers`. `return_here`: the app opens our page when it is done, as on
         *         phones where it does not step aside by itself.
         */
        StartEid: {
            /**
             * @default bankid
             * @enum {unknown}
             */
            provider: "bankid" | "freja";
            /** @default false */
            return_here: boolean;
        };
        /**
         * TextPreview
         * @description The text with a day, a name and a link in it. `segments`: how many SMS it becomes, with the longest values; of an
         *         e-mail 1.
         */
        TextPreview: {
            text: string;
            segments: number;
        };
        /**
         * TextView
         * @description One text as it is sent now. `own`: the organisation has put it in the product's place. `placeholders`: the names that
         *         may stand in it between braces; where `länk` is among them, it must.
         */
        TextView: {
            key: string;
            text: string;
            own: boolean;
            placeholders: string[];
        };
        /** TextsView */
        TextsView: {
            texts: components["schemas"]["TextView"][];
        };
        /** TokenAnswer */
        TokenAnswer: {
            access_token: string;
            /** @enum {unknown} */
            token_type: "Bearer";
            expires_in: number;
            scope: string;
        };
        /**
         * TokenRequest
         * @description `application/x-www-form-urlencoded`. The client shows itself by `Authorization: Basic`, or by an assertion.
         */
        TokenRequest: {
            grant_type: string;
            /** @default  */
            scope: string;
            /** @default  */
            client_id: string;
            /** @default  */
            client_assertion_type: string;
            /** @default  */
            client_assertion: string;
        };
        /** UnitView */
        UnitView: {
            unit_id: string;
            name: string;
        };
        /**
         * VisitView
         * @description Everything the visit page shows. `actions`: what this person may do now; the server decides again on each.
         *
         *         `patient`: the first of `patients`, which has one but for a group. `sequence`: how many times it has been moved.
         *         `rebooked`: who last moved or cancelled it. `series_id`: the same in visits that repeat one another. `external`: booked
         *         in the booking system.
         */
        VisitView: {
            visit_id: string;
            version: number;
            /** @enum {unknown} */
            kind: "adult" | "child" | "youth";
            /** @enum {unknown} */
            form: "group" | "individual" | "relative" | "team";
            /** @enum {unknown} */
            status: "avbokat" | "avslutat" | "bokat" | "mottaget" | "pagaende" | "uteblivet";
            starts_at: string;
            ends_at: string;
            reason: string;
            unit_name: string;
            owner: components["schemas"]["Person"];
            patient: components["schemas"]["PatientOfVisit"];
            patients: components["schemas"]["PatientOfVisit"][];
            relations: components["schemas"]["Relations"];
            participants: components["schemas"]["ParticipantView"][];
            received: components["schemas"]["Received"] | null;
            started_at: string | null;
            ended_at: string | null;
            call: components["schemas"]["CallView"] | null;
            last_call_id: string | null;
            me: components["schemas"]["Me"];
            actions: ("cancel" | "change_participants" | "change_relations" | "chat" | "end" | "join_call" | "no_show" | "note" | "receive" | "reschedule" | "start" | "start_call")[];
            join_button_text: string;
            sequence: number;
            rebooked: components["schemas"]["Rebooked"] | null;
            cancel_reason: string;
            cancelled_by: ("patient" | "staff" | "system") | null;
            series_id: string;
            external: boolean;
        };
        /**
         * VisitorCall
         * @description `requested`: staff is connected and waits (C3).
         */
        VisitorCall: {
            call_id: string;
            requested: boolean;
        };
        /**
         * VisitorSettings
         * @description `eid_providers`: the e-IDs to choose among, the first one first. `eid_app_url` and `freja_app_url`: where the
         *         BankID and the Freja app open instead of the phone's own; null outside the local stack.
         */
        VisitorSettings: {
            eid_providers: ("bankid" | "freja")[];
            eid_app_url: string | null;
            freja_app_url: string | null;
        };
        /**
         * VisitorView
         * @description What the visitor's page shows. Before they are admitted nothing of the patient is in it.
         *
         *         `group`: the others know them by `display_name` (B8). `moved`: the visit has had another time. `can_cancel`: here and
         *         now; `cancel_until` is null for who must call `contact_phone` (E.164, perhaps empty) to cancel (B11).
         *         `stage`: `identify` (e-ID needed), `name` (a guest says who they are), `admitted`, `ended`.
         *         `clinician`: `not_here`, `received`, `started` (S7).
         */
        VisitorView: {
            /** @enum {unknown} */
            stage: "admitted" | "ended" | "identify" | "name";
            /** @enum {unknown} */
            role: "guest" | "ombud" | "patient";
            csrf_token: string;
            participant_id: string;
            my_name: string;
            org_name: string;
            unit_name: string;
            clinician_name: string;
            starts_at: string;
            ends_at: string;
            /** @enum {unknown} */
            status: "avbokat" | "avslutat" | "bokat" | "mottaget" | "pagaende" | "uteblivet";
            /** @enum {unknown} */
            clinician: "not_here" | "received" | "started";
            may_chat: boolean;
            call: components["schemas"]["VisitorCall"] | null;
            last_call_id: string | null;
            /** @enum {unknown} */
            form: "group" | "individual" | "relative" | "team";
            group: boolean;
            /** @enum {unknown} */
            language: "en" | "sv";
            display_name: string;
            late: components["schemas"]["Late"] | null;
            moved: boolean;
            can_cancel: boolean;
            cancel_until: string | null;
            contact_phone: string;
        };
        /**
         * WholeMessage
         * @description `body`: word for word as received, shown on purpose and logged. `replay_of`: the message that this one repeats.
         */
        WholeMessage: {
            summary: components["schemas"]["MessageSummary"];
            body: string;
            replay_of: string | null;
        };
    };
    responses: {
        /** @description Anything that went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Anything that went wrong */
        Outcome: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": components["schemas"]["OperationOutcome"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: {
                return_to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    login_callback: {
        parameters: {
            query?: {
                state?: string;
                code?: string;
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    login_commissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommissionChoice"];
                };
            };
            /** @description stale_login */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    choose_login_commission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChooseCommission"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description stale_login */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, no_commission */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    current_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffSession"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    session_expiry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionExpiry"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    switch_session_commission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChooseCommission"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffSession"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, no_commission */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"][];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    end_own_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    end_own_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    organisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    colleagues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Colleague"][];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    texts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextsView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_text: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeText"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextsView"];
                };
            };
            /** @description bad_input, text_unknown_key, text_empty, text_too_long, text_not_gsm7, text_unknown_placeholder, text_missing_link, text_link_not_alone, text_unseen_character */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description text_changed, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    preview_text: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewText"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextPreview"];
                };
            };
            /** @description bad_input, text_unknown_key, text_empty, text_too_long, text_not_gsm7, text_unknown_placeholder, text_missing_link, text_link_not_alone, text_unseen_character */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    agenda: {
        parameters: {
            query?: {
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agenda"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pending_bookings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingBookings"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pending_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FullNumber"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    complete_booking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBooking"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing, patient_contact_missing, starts_in_past */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unknown_patient, deceased, deregistered, referred, guardian_may_not_act, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    search_patient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberQuery"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientSearchResult"];
                };
            };
            /** @description bad_input, invalid_identity_number */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    look_up_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberQuery"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterView"];
                };
            };
            /** @description bad_input, invalid_identity_number */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unknown_person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description register_unavailable, register_incomplete */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    create_patient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePatient"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description bad_input, invalid_identity_number, invalid_phone, invalid_email, patient_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unknown_person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deceased, deregistered, referred */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description register_unavailable, register_incomplete */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refresh_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description register_unavailable, register_incomplete */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePatientContacts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description bad_input, invalid_phone, invalid_email, patient_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_guardian_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
                guardian_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeContacts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientView"];
                };
            };
            /** @description bad_input, invalid_phone, invalid_email */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    full_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FullNumber"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    preview_booking: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPreview"];
                };
            };
            /** @description bad_input, invalid_name, invalid_phone, invalid_email, guest_contact_missing, starts_in_past, starts_too_far, unknown_staff, wrong_kind_adult, wrong_kind_child, wrong_kind_youth, patient_contact_missing, one_patient, team_needs_two, group_size, group_child, same_patient_twice, display_name_taken, relative_not_adult, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deceased, deregistered, referred, guardian_may_not_act, own_number */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    book_visit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookedVisit"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookedVisit"];
                };
            };
            /** @description bad_input, invalid_name, invalid_phone, invalid_email, guest_contact_missing, starts_in_past, starts_too_far, unknown_staff, wrong_kind_adult, wrong_kind_child, wrong_kind_youth, patient_contact_missing, one_patient, team_needs_two, group_size, group_child, same_patient_twice, display_name_taken, relative_not_adult, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description deceased, deregistered, referred, guardian_may_not_act, own_number, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    receive_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    start_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_received, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    end_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description call_running, not_received, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mark_no_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description call_running, no_show_too_early, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    save_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_relations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRelations"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description guardian_may_not_act, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    preview_rescheduling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RescheduleVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPreview"];
                };
            };
            /** @description bad_input, starts_in_past, starts_too_far, unknown_staff, wrong_kind_adult, wrong_kind_child, wrong_kind_youth, group_child, patient_contact_missing, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description booking_changed, visit_begun, visit_over, deceased, deregistered, referred, guardian_may_not_act, own_number, too_many_participants */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reschedule_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RescheduleVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input, starts_in_past, starts_too_far, unknown_staff, wrong_kind_adult, wrong_kind_child, wrong_kind_youth, group_child, patient_contact_missing, one_ombud, ombud_not_needed, one_primary_contact, ombud_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found, unknown_guardian */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description booking_changed, visit_begun, visit_over, deceased, deregistered, referred, guardian_may_not_act, own_number, too_many_participants, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    preview_cancelling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancellationPreview"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_begun, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancel_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelVisit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description booking_changed, visit_begun, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    copy_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
                participant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestLink"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    interpreter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interpreter"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    preview_participants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddParticipants"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPreview"];
                };
            };
            /** @description bad_input, invalid_name, invalid_phone, invalid_email, guest_contact_missing, nobody_to_add, unknown_staff */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description own_number, already_in_visit, too_many_participants, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    add_participants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddParticipants"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input, invalid_name, invalid_phone, invalid_email, guest_contact_missing, nobody_to_add, unknown_staff */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description own_number, already_in_visit, too_many_participants, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    remove_participant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
                participant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_removable, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    invite_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
                participant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteAgain"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description bad_input, invalid_phone, invalid_email, patient_contact_missing, guest_contact_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_invitable, own_number, invited_too_often, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatHistory"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    send_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendChat"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatMessageView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    join_call: {
        parameters: {
            query?: {
                lost_epoch?: number;
            };
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinAnswer"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_received, not_started, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no_media_node */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rate_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateCall"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    open_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenLink"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_expired, link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description not_logged_in, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    use_here: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_expired, link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    start_eid: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartEid"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EidView"];
                };
            };
            /** @description bad_input, bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description already_admitted, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description eid_unavailable, eid_already_in_progress, eid_refused, freja_not_found */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancel_eid: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    collect_eid: {
        parameters: {
            query?: {
                same_device?: boolean;
                computer?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EidView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, wrong_person, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no_eid_order, already_admitted */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description eid_unavailable, eid_refused */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    enter_as_guest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterAsGuest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description bad_input, invalid_name */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description already_admitted */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    report_late: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportLate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_begun, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancel_own: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelOwnVisit"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description self_cancel_off, self_cancel_too_late, visit_begun, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_begun, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_language: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeLanguage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    change_display_name: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDisplayName"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description bad_input, invalid_name, display_name_taken */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_a_group, visit_over, changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended, link_cancelled, link_replaced, removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatHistory"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor_send_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendChat"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatMessageView"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor_join_call: {
        parameters: {
            query?: {
                lost_epoch?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinAnswer"];
                };
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, guardian_may_not_act */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_requested, not_received, not_started, visit_over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no_media_node */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    visitor_rate_call: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateCall"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in, not_admitted, replaced */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description link_ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    search_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchAudit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description bad_input, period_too_long, invalid_identity_number */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sample_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SampleAudit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description bad_input, period_too_long */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    extract_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtractAudit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditExtract"];
                };
            };
            /** @description bad_input, period_too_long, invalid_identity_number */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    search_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchMessages"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Messages"];
                };
            };
            /** @description bad_input, period_too_long */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    read_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeMessage"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSummary"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description csrf_rejected, not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description bad_input, invalid_request, invalid_scope, unsupported_grant_type */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description not_logged_in, invalid_client */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description too_many_attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    capabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    search_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Bundle"];
                };
            };
            /** @description not_supported */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in, invalid_token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description identifier_is_number */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    put_appointment_by_identifier: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/fhir+json": components["schemas"]["Appointment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description bad_input, bad_input, not_json, not_supported, id_mismatch */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope, integration_off */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description precondition_failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description identifier_missing, identifier_is_number, version_missing, time_missing, invalid_time, invalid_duration, starts_in_past, starts_too_far, patient_missing, several_patients, patient_unreadable, invalid_identity_number, unknown_patient, staff_missing, staff_unreadable, unknown_staff, too_many_participants, id_mismatch */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    create_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/fhir+json": components["schemas"]["Appointment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description bad_input, bad_input, not_json, not_supported, id_mismatch */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope, integration_off */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description precondition_failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description identifier_missing, identifier_is_number, version_missing, time_missing, invalid_time, invalid_duration, starts_in_past, starts_too_far, patient_missing, several_patients, patient_unreadable, invalid_identity_number, unknown_patient, staff_missing, staff_unreadable, unknown_staff, too_many_participants, id_mismatch */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    read_appointment_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description not_supported */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in, invalid_token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    put_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/fhir+json": components["schemas"]["Appointment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Appointment"];
                };
            };
            /** @description bad_input, bad_input, not_json, not_supported, id_mismatch */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope, integration_off */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description changed_meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description precondition_failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description identifier_missing, identifier_is_number, version_missing, time_missing, invalid_time, invalid_duration, starts_in_past, starts_too_far, patient_missing, several_patients, patient_unreadable, invalid_identity_number, unknown_patient, staff_missing, staff_unreadable, unknown_staff, too_many_participants, id_mismatch */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    read_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Patient"];
                };
            };
            /** @description not_supported */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in, invalid_token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    read_practitioner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hsa_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["Practitioner"];
                };
            };
            /** @description not_supported */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_logged_in, invalid_token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description insufficient_scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": components["schemas"]["OperationOutcome"];
                };
            };
            default: components["responses"]["Outcome"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openapi_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
